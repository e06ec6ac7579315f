import { createHash } from 'node:crypto';
import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDomainFile } from '@strongroom/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainFile } from './domain-file.ts';

const carol = {
  profileName: 'carol' as never,
  displayName: 'Carol',
  role: 'data-scientist',
  team: 'platform',
} as const;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-domain-'));
  path = join(folder, 'strongroom.yaml');
});

afterEach(() => rm(folder, { recursive: true }));

const refusal = (work: Promise<void>) =>
  work.then(
    () => undefined,
    (error) => error.code,
  );

describe('the domain file on disk', () => {
  it('is written by a first start, for its owner alone, and read by a second', async () => {
    expect((await DomainFile.open(path)).wasCreated).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toBe(defaultDomainFile);
    expect((await DomainFile.open(path)).wasCreated).toBe(false);
  });

  it('keeps its mode, and a link to it stays a link, when a person is added', async () => {
    const real = join(folder, 'real.yaml');
    await writeFile(real, defaultDomainFile);
    await chmod(real, 0o640);
    await symlink(real, path);
    const file = await DomainFile.open(path);
    await file.addPerson(carol);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    expect(await readFile(real, 'utf8')).toContain('carol');
    expect((await readdir(folder)).sort()).toEqual(['real.yaml', 'strongroom.yaml']);
  });

  it('keeps what somebody edited by hand meanwhile', async () => {
    const file = await DomainFile.open(path);
    await writeFile(path, defaultDomainFile.replace('displayName: Bob', 'displayName: Robert'));
    await file.addPerson(carol);
    expect(await readFile(path, 'utf8')).toContain('Robert');
    expect(file.domain.people.map(({ displayName }) => displayName)).toContain('Robert');
  });

  it('takes several additions at the same time', async () => {
    const file = await DomainFile.open(path);
    const names = Array.from({ length: 10 }, (_, index) => `person-${index}`);
    await Promise.all(
      names.map((name) => file.addPerson({ ...carol, profileName: name as never })),
    );
    const reread = await DomainFile.open(path);
    expect(reread.domain.people.map(({ profileName }) => profileName)).toEqual([
      'admin',
      'alice',
      'bob',
      ...names,
    ]);
  });

  it('that is read-only or broken is left alone, and the refusal says why', async () => {
    const file = await DomainFile.open(path);
    await chmod(path, 0o444);
    expect(await refusal(file.addPerson(carol))).toBe('DomainFileNotWritable');
    await chmod(path, 0o644);
    await writeFile(path, 'people: {');
    expect(await refusal(file.addPerson(carol))).toBe('DomainFileNotWritable');
    expect(await readFile(path, 'utf8')).toBe('people: {');
  });

  it('that is not UTF-8 is refused', async () => {
    await writeFile(path, Buffer.from([0x66, 0xff, 0xfe]));
    await expect(DomainFile.open(path)).rejects.toThrow(/not UTF-8/);
  });

  it('announces the hash of each edit before it is written, and refuses one that cannot be', async () => {
    const file = await DomainFile.open(path);
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(file.sha256).toBe(hashOf(defaultDomainFile));
    let announced = '';
    file.beforeChange = async (sha256) => {
      announced = sha256;
      expect(await readFile(path, 'utf8')).toBe(defaultDomainFile);
      throw new Error('full');
    };
    await expect(file.removePerson('bob')).rejects.toThrow('full');
    expect(await readFile(path, 'utf8')).toBe(defaultDomainFile);
    file.beforeChange = async () => undefined;
    await file.removePerson('bob');
    expect(hashOf(await readFile(path, 'utf8'))).toBe(announced);
  });

  it('points at a name of a control that does not exist', async () => {
    await writeFile(
      path,
      defaultDomainFile.replace('acceptUnenforced: []', 'acceptUnenforced: [memory-limit, cpu]'),
    );
    const file = await DomainFile.open(path);
    const error = file.refuseAcceptedControl('cpu', 'controls are cpu-limit');
    expect(error.message).toMatch(
      /^strongroom\.yaml:\d+:34: cannot use "cpu" for acceptUnenforced\[1\]/,
    );
  });
});
