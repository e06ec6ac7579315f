import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HomeFolders, openHomeFolders } from './home-folders.ts';
import { collectLog } from './testing/collected-log.ts';
import { eventually } from './testing/eventually.ts';

const alice = 'alice' as ProfileName;
const isRoot = process.getuid?.() === 0;
let folder: string;
let homes: HomeFolders;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homes-'));
  homes = await openHomeFolders(folder, collectLog());
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a home folder', () => {
  it("is its person's alone and keeps its files", async () => {
    const home = await homes.prepareHome(alice, undefined);
    await writeFile(join(home, 'a.txt'), 'kept');
    expect(await homes.prepareHome(alice, undefined)).toBe(home);
    expect(await readdir(home)).toEqual(['a.txt']);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it.runIf(isRoot)('changes hands with its files, and no link leads out of it', async () => {
    const outside = join(folder, 'outside');
    await writeFile(outside, 'root');
    const home = await homes.prepareHome(alice, 360_001);
    await writeFile(join(home, 'a.txt'), 'kept');
    execFileSync('chown', ['360001:360001', join(home, 'a.txt')]);
    await symlink(outside, join(home, 'link'));
    execFileSync('chown', ['-h', '360001:360001', join(home, 'link')]);
    await homes.prepareHome(alice, 360_002);
    expect((await stat(home)).uid).toBe(360_002);
    expect((await lstat(join(home, 'a.txt'))).uid).toBe(360_002);
    expect((await lstat(join(home, 'link'))).uid).toBe(360_002);
    expect((await stat(outside)).uid).toBe(0);
  });

  it('is gone from its place as soon as it is deleted', async () => {
    await homes.prepareHome(alice, undefined);
    await homes.deleteHome(alice);
    expect(await readdir(join(folder, 'homes'))).not.toContain('alice');
    await homes.deleteHome(alice);
  });

  it('is deleted at the next start where the deleting was interrupted', async () => {
    const left = join(folder, 'homes', '.discarded-0011');
    await mkdir(join(left, 'nested'), { recursive: true });
    await openHomeFolders(folder, collectLog());
    await eventually(() => readdir(join(folder, 'homes'))).toEqual([]);
  });
});

describe('a runtime folder', () => {
  it('is empty at every start, whatever was left in it', async () => {
    const runtime = await homes.prepareRuntimeFolder(alice, undefined);
    await symlink('/etc', join(runtime, 'etc'));
    await writeFile(join(runtime, 'k.json'), '');
    expect(await homes.prepareRuntimeFolder(alice, undefined)).toBe(runtime);
    expect(await readdir(runtime)).toEqual([]);
    expect(await readdir('/etc')).not.toEqual([]);
  });

  it('does not stay a start when it is too deep to delete', async () => {
    const runtime = await homes.prepareRuntimeFolder(alice, undefined);
    const script = `i=0; while [ $i -lt 60 ]; do mkdir ${'d'.repeat(200)} && cd ${'d'.repeat(200)}; i=$((i+1)); done`;
    execFileSync('/bin/bash', ['-c', script], { cwd: runtime });
    expect(await readdir(await homes.prepareRuntimeFolder(alice, undefined))).toEqual([]);
    execFileSync('rm', ['-rf', join(folder, 'run')]);
  });
});
