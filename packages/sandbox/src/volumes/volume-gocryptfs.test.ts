import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostSetup } from '../host-setup.ts';
import { inspectHost } from '../inspect-host.ts';
import { mountPointsUnder } from './mount-table.ts';
import type { Volume, VolumeDriver } from './volume-driver.ts';
import { openGocryptfsDriver } from './volume-gocryptfs.ts';

const isRoot = process.getuid?.() === 0;
const hostUid = isRoot ? 360_001 : undefined;
const secret = Buffer.alloc(32, 7);
const mebibyte = 1024 * 1024;
const canary = 'the canary sings in the coal mine';

let setup: HostSetup;
let folder: string;
let driver: VolumeDriver;
let warnings: string[];

beforeAll(async () => {
  const inspection = await inspectHost();
  if (inspection.setup === undefined) throw new Error('This host runs no sandboxes');
  setup = inspection.setup;
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'volumes-'));
  warnings = [];
  driver = await open();
});

afterEach(async () => {
  await driver.close();
  await rm(folder, { recursive: true, force: true });
});

function open(): Promise<VolumeDriver> {
  const warn = (_: object, message: string) => void warnings.push(message);
  const log = { info: () => undefined, warn };
  return openGocryptfsDriver({ setup, mountFolder: join(folder, 'run'), log });
}

function volumeOf(name: string, quotaBytes?: number): Volume {
  return { name, folder: join(folder, name), hostUid, quotaBytes };
}

async function withFiles(volume: Volume): Promise<void> {
  await driver.create(volume, secret);
  const home = await driver.mount(volume, secret);
  await mkdir(join(home.folder, 'canary-folder'));
  await writeFile(join(home.folder, 'canary-folder', 'canary.txt'), canary.repeat(1000));
  await home.unmount();
}

async function readCanary(volume: Volume): Promise<string> {
  const home = await driver.mount(volume, secret);
  try {
    // Asynchronously Node.js takes what a failed read had got before for the whole file.
    return readFileSync(join(home.folder, 'canary-folder', 'canary.txt'), 'utf8');
  } finally {
    await home.unmount();
  }
}

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('an encrypted volume', () => {
  it('keeps files, and leaves neither names nor contents to whoever has the disk', async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    const names = readdirSync(folder, { recursive: true }).join('\n');
    expect(names).not.toContain('canary');
    for (const file of filesUnder(folder))
      expect(readFileSync(file).includes('canary')).toBe(false);
    expect(await readdir(join(folder, 'run'))).toEqual([]);
    expect(await readCanary(volume)).toBe(canary.repeat(1000));
  });

  it.runIf(isRoot)("is its person's alone", async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    const home = await driver.mount(volume, secret);
    // Past the folder that keeps everybody out.
    for (const path of [folder, join(folder, 'run')]) chmodSync(path, 0o711);
    const list = (uid: number) =>
      spawnSync('setpriv', [`--reuid=${uid}`, '--clear-groups', 'ls', home.folder]).status;
    expect(list(360_001)).toBe(0);
    expect(list(360_002)).not.toBe(0);
    expect((await stat(home.folder)).mode & 0o777).toBe(0o700);
    await home.unmount();
  });

  it('is opened by its own secret alone', async () => {
    const volume = volumeOf('alice');
    await driver.create(volume, secret);
    const opening = driver.mount(volume, Buffer.alloc(32, 8));
    await expect(opening).rejects.toMatchObject({ code: 'SecretRefused' });
  });

  it('is an error and not other bytes where a file was changed on the disk', async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    const [sealed = ''] = filesUnder(join(volume.folder, 'cipher')).filter(
      (file) => readFileSync(file).length > 10_000,
    );
    const bytes = readFileSync(sealed);
    bytes[9000] = (bytes[9000] ?? 0) ^ 1;
    await writeFile(sealed, bytes);
    await expect(readCanary(volume)).rejects.toMatchObject({ code: 'EIO' });
    await expect.poll(() => warnings).toHaveLength(1);
  });

  it.runIf(isRoot)('takes many changes at once, all of them its person’s', async () => {
    const volume = volumeOf('alice');
    await driver.create(volume, secret);
    const home = await driver.mount(volume, secret);
    for (const path of [folder, join(folder, 'run')]) chmodSync(path, 0o711);
    const script = `for i in $(seq 100); do d=${home.folder}/$0-$i
      mkdir $d $d/x && echo a > $d/f && mv $d/f $d/g && rm -r $d/x || exit 1; done`;
    const workers = ['a', 'b', 'c', 'd'].map((name) => {
      const words = [`--reuid=${hostUid}`, '--clear-groups', 'sh', '-c', script, name];
      return once(spawn('setpriv', words, { stdio: 'inherit' }), 'exit');
    });
    expect(await Promise.all(workers)).toEqual(Array(4).fill([0, null]));
    const owners = readdirSync(home.folder).map((name) => statSync(join(home.folder, name)).uid);
    expect(owners).toEqual(Array(400).fill(hostUid));
    await home.unmount();
  });

  it('tells when its process was killed, and is mounted again', async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    const home = await driver.mount(volume, secret);
    killGocryptfs();
    await home.ended;
    await expect(readdir(home.folder)).rejects.toMatchObject({ code: 'ENOTCONN' });
    await home.unmount();
    expect(await readCanary(volume)).toBe(canary.repeat(1000));
  });

  it('is cut off from whoever still reads it', async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    const home = await driver.mount(volume, secret);
    const descriptor = openSync(join(home.folder, 'kept-open'), 'w+');
    writeSync(descriptor, canary);
    await home.cutOff();
    await home.ended;
    expect(() => readSync(descriptor, Buffer.alloc(1), 0, 1, 2 ** 20)).toThrow(/ENOTCONN|ECONN/);
    expect(await readdir(join(folder, 'run'))).toEqual([]);
  });

  it('is mounted again after a kill of everything that had mounted it', async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    await driver.mount(volume, secret);
    killGocryptfs();
    driver = await open();
    expect((await mountPointsUnder(folder)).length).toBe(isRoot ? 1 : 0);
    expect(await readCanary(volume)).toBe(canary.repeat(1000));
  });

  it('says that it is damaged where a part is missing', async () => {
    const volume = volumeOf('alice');
    await driver.create(volume, secret);
    await rm(join(volume.folder, 'cipher'), { recursive: true });
    const opening = () => driver.mount(volume, secret);
    await expect(opening()).rejects.toMatchObject({ code: 'VolumeDamaged' });
    await rm(join(volume.folder, 'gocryptfs.conf'));
    await expect(opening()).rejects.toMatchObject({ code: 'VolumeDamaged' });
  });

  it('is read-only in a copy, as it was', async () => {
    const volume = volumeOf('alice');
    await withFiles(volume);
    await driver.copy(volume.folder, join(folder, 'copy'));
    const copy = volumeOf('copy');
    const home = await driver.mount(copy, secret, { isReadOnly: true });
    await expect(writeFile(join(home.folder, 'x'), '')).rejects.toMatchObject({ code: 'EROFS' });
    await home.unmount();
    expect(await readCanary(copy)).toBe(canary.repeat(1000));
  });
});

describe.runIf(isRoot)('a volume with a quota', () => {
  const quotaBytes = 16 * mebibyte;

  async function fill(volume: Volume, sizeBytes: number): Promise<void> {
    const home = await driver.mount(volume, secret);
    try {
      await writeFile(join(home.folder, 'fill'), Buffer.alloc(sizeBytes, 1));
    } finally {
      await rm(join(home.folder, 'fill'), { force: true });
      await home.unmount();
    }
  }

  it('stops at it, keeps what was there, and takes no more of the disk than it holds', async () => {
    const volume = volumeOf('alice', 1024 * mebibyte);
    await withFiles(volume);
    expect((await stat(join(volume.folder, 'volume.img'))).blocks * 512).toBeLessThan(
      100 * mebibyte,
    );
    const small = volumeOf('bob', quotaBytes);
    await withFiles(small);
    await expect(fill(small, 20 * mebibyte)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readCanary(small)).toBe(canary.repeat(1000));
    await fill(small, 4 * mebibyte);
  });

  it('is set, raised, lowered and lifted later, and every file stays', async () => {
    await withFiles(volumeOf('alice'));
    await expect(fill(volumeOf('alice', quotaBytes), 20 * mebibyte)).rejects.toMatchObject({
      code: 'ENOSPC',
    });
    await fill(volumeOf('alice', 4 * quotaBytes), 20 * mebibyte);
    await expect(fill(volumeOf('alice', quotaBytes), 20 * mebibyte)).rejects.toMatchObject({
      code: 'ENOSPC',
    });
    const free = volumeOf('alice');
    await fill(free, 20 * mebibyte);
    expect(await readdir(free.folder)).toEqual(['cipher', 'gocryptfs.conf']);
    expect(await readCanary(free)).toBe(canary.repeat(1000));
    expect(warnings).toEqual([]);
  });

  it('stays as large as what it holds where it is lowered too far', async () => {
    const volume = volumeOf('alice', 4 * quotaBytes);
    await withFiles(volume);
    const home = await driver.mount(volume, secret);
    await writeFile(join(home.folder, 'large'), Buffer.alloc(30 * mebibyte, 1));
    await home.unmount();
    expect(await readCanary(volumeOf('alice', quotaBytes))).toBe(canary.repeat(1000));
    expect(warnings).toEqual(['A home holds more than its quota, and stops at what it holds']);
    expect((await stat(join(volume.folder, 'volume.img'))).size).toBe(4 * quotaBytes);
  });
});

/** All that this process has started. */
function killGocryptfs(): void {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of listed.split('\n').filter((each) => /gocryptfs -fg/.test(each))) {
    const [pid, parent] = line.trim().split(/\s+/);
    if (Number(parent) === process.pid) process.kill(Number(pid), 'SIGKILL');
  }
}
