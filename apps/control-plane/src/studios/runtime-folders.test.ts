import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRuntimeFolders, type RuntimeFolders } from './runtime-folders.ts';
import { collectLog } from './testing/collected-log.ts';

const alice = 'alice' as ProfileName;
let folder: string;
let folders: RuntimeFolders;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runtimes-'));
  folders = await openRuntimeFolders(folder, collectLog());
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a runtime folder', () => {
  it('is empty at every start, whatever was left in it', async () => {
    const runtime = await folders.prepare(alice, undefined);
    await symlink('/etc', join(runtime, 'etc'));
    await writeFile(join(runtime, 'k.json'), '');
    expect(await folders.prepare(alice, undefined)).toBe(runtime);
    expect(await readdir(runtime)).toEqual([]);
    expect(await readdir('/etc')).not.toEqual([]);
  });

  it('does not stay a start when it is too deep to delete', async () => {
    const runtime = await folders.prepare(alice, undefined);
    const script = `i=0; while [ $i -lt 60 ]; do mkdir ${'d'.repeat(200)} && cd ${'d'.repeat(200)}; i=$((i+1)); done`;
    execFileSync('/bin/bash', ['-c', script], { cwd: runtime });
    expect(await readdir(await folders.prepare(alice, undefined))).toEqual([]);
    execFileSync('rm', ['-rf', join(folder, 'run')]);
  });
});
