import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import { inspectHost } from '@strongroom/sandbox';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectLog } from '../studios/testing/collected-log.ts';
import { eventually } from '../studios/testing/eventually.ts';
import { openTestHomes } from './testing/open-test-homes.ts';
import { type SecretsDouble, secretsDouble } from './testing/secrets-double.ts';

const alice = 'alice' as ProfileName;
const isRoot = process.getuid?.() === 0;
const hostUid = isRoot ? 360_001 : undefined;
const canary = 'the canary sings in the coal mine';
const mebibyte = 1024 * 1024;

type TestHomes = Awaited<ReturnType<typeof openTestHomes>>;
type Change = Parameters<typeof openTestHomes>[0]['change'];
let inspection: Awaited<ReturnType<typeof inspectHost>>;
let dataFolder: string;
let test: TestHomes;
let secrets: SecretsDouble;
let log: ReturnType<typeof collectLog>;

beforeAll(async () => {
  inspection = await inspectHost();
});

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'homes-'));
  log = collectLog();
  secrets = secretsDouble();
});

afterEach(async () => {
  await test.homes.close();
  await rm(dataFolder, { recursive: true, force: true });
});

async function open(change: Change = {}): Promise<void> {
  test = await openTestHomes({ dataFolder, inspection, log, change, secrets });
}

async function write(name: string, text: string): Promise<void> {
  const home = await test.homes.open(alice, hostUid);
  await writeFile(join(home.folder, name), text);
  await home.close();
}

async function read(name: string): Promise<string> {
  const home = await test.homes.open(alice, hostUid);
  try {
    return readFileSync(join(home.folder, name), 'utf8');
  } finally {
    await home.close();
  }
}

/** What whoever has the disk finds. */
function grep(text: string): string {
  const { stdout } = spawnSync('grep', ['-r', '--fixed-strings', text, dataFolder]);
  return stdout.toString();
}

const mountedHomes = () => readdir(join(dataFolder, 'run', 'homes'));

describe('a home', () => {
  it('is encrypted on the disk, and there only while somebody uses it', async () => {
    await open();
    const first = await test.homes.open(alice, hostUid);
    const second = await test.homes.open(alice, hostUid);
    expect(second.folder).toBe(first.folder);
    await writeFile(join(first.folder, 'canary.txt'), canary);
    await first.close();
    await first.close();
    expect(await readFile(join(second.folder, 'canary.txt'), 'utf8')).toBe(canary);
    const { mode, uid } = await stat(second.folder);
    expect(mode & 0o777).toBe(0o700);
    if (hostUid !== undefined) expect(uid).toBe(hostUid);
    await second.close();
    expect(await mountedHomes()).toEqual([]);
    expect(grep('canary')).toBe('');
    const names = await readdir(dataFolder, { recursive: true });
    expect(names.join('\n')).not.toContain('canary');
    expect(await read('canary.txt')).toBe(canary);
  });

  it('is opened anew after everything was closed, and by no other name', async () => {
    await open();
    await write('a.txt', canary);
    await test.homes.close();
    await open();
    expect(await read('a.txt')).toBe(canary);
    const opened = secrets.open('bob' as ProfileName, await wrappedSecret());
    await expect(opened).rejects.toMatchObject({ code: 'SecretDamaged' });
  });

  it.runIf(isRoot)('changes hands with its files', async () => {
    await open();
    await write('a.txt', canary);
    const home = await test.homes.open(alice, 360_002);
    expect((await stat(home.folder)).uid).toBe(360_002);
    await home.close();
  });

  it('cannot be opened, and is not made anew, where its secret is missing', async () => {
    await open();
    await write('a.txt', canary);
    await rm(join(dataFolder, 'homes', 'alice', 'volume', 'secret.json'));
    await expect(test.homes.open(alice, hostUid)).rejects.toMatchObject({ code: 'SecretDamaged' });
    await expect(test.homes.open(alice, hostUid)).rejects.toMatchObject({ code: 'SecretDamaged' });
  });

  it('that was half made is made again', async () => {
    await open();
    const partial = join(dataFolder, 'homes', 'alice', 'volume.partial', 'cipher');
    await mkdir(partial, { recursive: true });
    await write('a.txt', canary);
    expect(await read('a.txt')).toBe(canary);
  });

  it.runIf(isRoot)('stops at its quota', async () => {
    await open({ quotaBytes: 16 * mebibyte });
    const home = await test.homes.open(alice, hostUid);
    const large = writeFile(join(home.folder, 'large'), Buffer.alloc(20 * mebibyte, 1));
    await expect(large).rejects.toMatchObject({ code: 'ENOSPC' });
    await home.close();
  });
});

describe('a key that is disabled', () => {
  it('takes every home away at once, and opens none until it is enabled', async () => {
    await open();
    const home = await test.homes.open(alice, hostUid);
    await writeFile(join(home.folder, 'a.txt'), canary);
    const before = performance.now();
    secrets.disable();
    expect(await home.lost).toMatch(/disabled/);
    await eventually(mountedHomes).toEqual([]);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(await readdir(home.folder).catch(() => [])).toEqual([]);
    await expect(test.homes.open(alice, hostUid)).rejects.toMatchObject({ code: 'KeyNotUsable' });
    await home.close();
    secrets.enable();
    expect(await read('a.txt')).toBe(canary);
  });

  it('makes no home either', async () => {
    await open();
    secrets.disable();
    await expect(test.homes.open(alice, hostUid)).rejects.toMatchObject({ code: 'KeyNotUsable' });
  });
});

describe('a home that is deleted', () => {
  it('is gone from its place, with the secret that opens it, whoever uses it', async () => {
    await open();
    await write('a.txt', canary);
    const home = await test.homes.open(alice, hostUid);
    await test.homes.delete(alice);
    expect(await home.lost).toMatch(/removed/);
    expect(await readdir(join(dataFolder, 'homes'))).not.toContain('alice');
    expect(test.told).toEqual(['shredded alice']);
    await test.homes.delete(alice);
    await write('b.txt', 'another home');
    await expect(read('a.txt')).rejects.toThrow(/ENOENT/);
  });
});

describe('a home of an earlier version', () => {
  async function makeOldHome(): Promise<void> {
    const home = join(dataFolder, 'homes', 'alice');
    await mkdir(join(home, 'deep', 'er'), { recursive: true, mode: 0o700 });
    await writeFile(join(home, 'a.txt'), canary);
    await writeFile(join(home, 'deep', 'er', 'large'), Buffer.alloc(5 * mebibyte, canary));
    if (hostUid !== undefined) spawnSync('chown', ['-R', `${hostUid}:${hostUid}`, home]);
  }

  it('is encrypted when it is first used, and nothing of it is left as it was', async () => {
    await makeOldHome();
    await open();
    expect(await read('a.txt')).toBe(canary);
    expect((await read('deep/er/large')).length).toBe(5 * mebibyte);
    expect(test.told).toEqual(['encrypted alice']);
    expect(log.lines.join('\n')).toContain('"totalCount":4');
    await eventually(() => grep(canary)).toBe('');
  });

  it('loses no file where that is cut short anywhere, and is finished by the next use', async () => {
    await makeOldHome();
    const copies = { count: 0 };
    const cut: Change = {
      async copy({ target }) {
        copies.count += 1;
        await writeFile(join(target, 'a.txt'), 'half');
        throw new Error('killed');
      },
    };
    await open(cut);
    await expect(test.homes.open(alice, hostUid)).rejects.toThrow('killed');
    await test.homes.close();
    expect(await readFile(join(dataFolder, 'homes', 'alice', 'files', 'a.txt'), 'utf8')).toBe(
      canary,
    );
    await open();
    expect(await read('a.txt')).toBe(canary);
    expect((await read('deep/er/large')).length).toBe(5 * mebibyte);
    await eventually(() => grep(canary)).toBe('');
    expect(copies.count).toBe(1);
  });

  it.runIf(isRoot)('that holds more than the quota is encrypted all the same', async () => {
    await makeOldHome();
    await open({ quotaBytes: 4 * mebibyte });
    expect((await read('deep/er/large')).length).toBe(5 * mebibyte);
    expect(await read('a.txt')).toBe(canary);
    expect(log.lines.join('\n')).toContain('holds more than its quota');
  });
});

async function wrappedSecret(): Promise<Buffer> {
  const file = join(dataFolder, 'homes', 'alice', 'volume', 'secret.json');
  const { wrapped } = JSON.parse(await readFile(file, 'utf8')) as { wrapped: string };
  return Buffer.from(wrapped, 'base64');
}
