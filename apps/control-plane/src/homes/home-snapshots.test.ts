import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type HostInspection,
  inspectHost,
  openSandboxHost,
  type SandboxHost,
} from '@strongroom/sandbox';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { collectLog } from '../studios/testing/collected-log.ts';
import { eventually } from '../studios/testing/eventually.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { HomeSnapshots } from './home-snapshots.ts';
import { restoreInSandbox } from './restore-in-sandbox.ts';
import { openTestHomes } from './testing/open-test-homes.ts';

const canary = 'the canary sings in the coal mine';
let dataFolder: string;
let test: Awaited<ReturnType<typeof openTestHomes>>;
let sandboxHost: SandboxHost;
let snapshots: HomeSnapshots;
let person: Person;
let hostUid: number | undefined;
let now: Date;

let inspection: HostInspection;

beforeAll(async () => {
  inspection = await inspectHost();
});

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'snapshots-'));
  const log = collectLog();
  const { setup } = inspection;
  if (setup === undefined) throw new Error('This host runs no sandboxes');
  test = await openTestHomes({ dataFolder, inspection, log });
  sandboxHost = await openSandboxHost({
    ...{ setup, log, homesFolder: test.driver.mountFolder },
    installationId: 'test-snapshots',
    runFolder: join(dataFolder, 'run', 'sandboxes'),
  });
  const hasHostUids = setup.mode === 'root';
  person = newPerson('alice', 0, {});
  hostUid = hasHostUids ? person.hostUid : undefined;
  now = new Date('2026-03-01T12:30:00Z');
  snapshots = new HomeSnapshots({
    ...{ homes: test.homes, folder: test.folder, driver: test.driver, hasHostUids, log },
    clock: () => now,
    restore: restoreInSandbox(sandboxHost, hasHostUids),
  });
});

afterEach(async () => {
  await sandboxHost.close();
  await test.homes.close();
  await rm(dataFolder, { recursive: true, force: true });
});

async function inHome<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const home = await test.homes.open(person.profileName, hostUid);
  try {
    return await work(home.folder);
  } finally {
    await home.close();
  }
}

const write = (name: string, text: string) =>
  inHome((folder) => writeFile(join(folder, name), text));
const read = (name: string) => inHome((folder) => readFile(join(folder, name), 'utf8'));

describe('a snapshot of a home', () => {
  it('brings back what was there, beside what is there now', async () => {
    await inHome((folder) => mkdir(join(folder, 'deep')));
    await write('deep/a.txt', canary);
    const { snapshotId, createdAt } = await snapshots.create(person);
    expect(createdAt).toBe('2026-03-01T12:30:00Z');
    await write('deep/a.txt', 'overwritten');
    await snapshots.restore(person, snapshotId, 'before');
    expect(await read('before/deep/a.txt')).toBe(canary);
    expect(await read('deep/a.txt')).toBe('overwritten');
    expect(await readdir(join(dataFolder, 'run', 'homes'))).toEqual([]);
  });

  it('is sealed as the home is', async () => {
    await write('canary.txt', canary);
    await snapshots.create(person);
    const names = await readdir(join(dataFolder, 'homes'), { recursive: true });
    expect(names.join('\n')).not.toContain('canary');
  });

  it('is made of a home that nobody uses, and whoever wants it waits', async () => {
    const home = await test.homes.open(person.profileName, hostUid);
    await expect(snapshots.create(person)).rejects.toMatchObject({ code: 'HomeInUse' });
    expect(await snapshots.list(person.profileName)).toEqual([]);
    await home.close();
    const making = snapshots.create(person);
    const folder = join(dataFolder, 'homes', 'alice', 'snapshots');
    await eventually(() => readdir(folder)).toHaveLength(1);
    await write('a.txt', 'later');
    await making;
    expect(await read('a.txt')).toBe('later');
  });

  it('is restored while the studio runs', async () => {
    await write('a.txt', canary);
    const { snapshotId } = await snapshots.create(person);
    const home = await test.homes.open(person.profileName, hostUid);
    await snapshots.restore(person, snapshotId, 'before');
    expect(await readFile(join(home.folder, 'before', 'a.txt'), 'utf8')).toBe(canary);
    await home.close();
  });

  it('is listed, the newest first, until it is deleted', async () => {
    const { profileName } = person;
    const first = await snapshots.create(person);
    now = new Date('2026-03-02T08:00:00Z');
    const second = await snapshots.create(person);
    expect(await snapshots.list(profileName)).toEqual([second, first]);
    await snapshots.delete(profileName, first.snapshotId);
    expect(await snapshots.list(profileName)).toEqual([second]);
    const missing = { code: 'SnapshotNotFound' };
    await expect(snapshots.delete(profileName, first.snapshotId)).rejects.toMatchObject(missing);
    await expect(snapshots.restore(person, '../../x', 'x')).rejects.toMatchObject(missing);
  });

  it.each(['taken', '/etc', '../out', 'missing/parent', 'a//b', '.', 'a\0b'])(
    'is refused to be restored to %j',
    async (target) => {
      await write('taken', 'is there');
      const { snapshotId } = await snapshots.create(person);
      const restoring = snapshots.restore(person, snapshotId, target);
      await expect(restoring).rejects.toMatchObject({ code: 'FileRefused' });
      expect(await read('taken')).toBe('is there');
    },
  );

  it('is restored nowhere out of the home, wherever links in it lead', async () => {
    const outside = join(dataFolder, 'outside');
    await mkdir(outside, { mode: 0o777 });
    await inHome((folder) => symlink(outside, join(folder, 'link')));
    const { snapshotId } = await snapshots.create(person);
    const restoring = snapshots.restore(person, snapshotId, 'link/x');
    await expect(restoring).rejects.toMatchObject({ code: 'FileRefused' });
    expect(await readdir(outside)).toEqual([]);
  });

  it('cannot be read any more when the home was deleted', async () => {
    await write('a.txt', canary);
    const { snapshotId } = await snapshots.create(person);
    const folder = join(dataFolder, 'homes', 'alice', 'snapshots', snapshotId, 'volume');
    expect(await readdir(folder)).toContain('secret.json');
    await test.homes.delete(person.profileName);
    expect(await snapshots.list(person.profileName)).toEqual([]);
    expect(test.told).toEqual(['shredded alice']);
  });
});
