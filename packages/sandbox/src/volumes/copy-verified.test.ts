import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostSetup } from '../host-setup.ts';
import { inspectHost } from '../inspect-host.ts';
import { type CopyProgress, copyVerified } from './copy-verified.ts';

let setup: HostSetup;
let folder: string;
let source: string;
let target: string;
let progress: CopyProgress[];

beforeEach(async () => {
  const inspection = await inspectHost();
  if (inspection.setup === undefined) throw new Error('This host runs no sandboxes');
  setup = inspection.setup;
  folder = await mkdtemp(join(tmpdir(), 'copy-'));
  source = join(folder, 'source');
  target = join(folder, 'target');
  progress = [];
  await mkdir(join(source, 'nested', 'deep'), { recursive: true });
  await mkdir(target);
  await writeFile(join(source, 'a.txt'), 'a');
  await writeFile(join(source, 'nested', 'deep', 'large'), Buffer.alloc(3 * 1024 * 1024, 5));
  await symlink('/etc/passwd', join(source, 'link'));
  execFileSync('mkfifo', [join(source, 'pipe')]);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const copy = () =>
  copyVerified({
    setup,
    source,
    target,
    hostUid: undefined,
    onProgress: (each) => void progress.push(each),
  });

describe('a verified copy', () => {
  it('holds everything as it was, also names that are no text, and says how far it is', async () => {
    await writeFile(
      Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0x66, 0xff])]),
      'no text',
    );
    await utimes(join(source, 'a.txt'), 1_000_000, 1_000_000);
    await copy();
    expect((await stat(join(target, 'a.txt'))).mtimeMs).toBe(1_000_000_000);
    expect(
      execFileSync('diff', ['-r', join(source, 'nested'), join(target, 'nested')]),
    ).toHaveLength(0);
    expect(
      readFileSync(Buffer.concat([Buffer.from(`${target}/`), Buffer.from([0x66, 0xff])]), 'utf8'),
    ).toBe('no text');
    expect(progress.at(-1)).toMatchObject({ totalCount: 7 });
  });

  it('is finished where an earlier one was cut short in the middle of a file', async () => {
    await mkdir(join(target, 'nested', 'deep'), { recursive: true });
    const half = join(target, 'nested', 'deep', 'large');
    await writeFile(half, Buffer.alloc(1024 * 1024, 5));
    const zeros = join(target, 'a.txt');
    await writeFile(zeros, '\0');
    await copy();
    expect(readFileSync(half).equals(Buffer.alloc(3 * 1024 * 1024, 5))).toBe(true);
    expect(readFileSync(zeros, 'utf8')).toBe('a');
  });

  it('is refused, and the source stays, where something cannot be written', async () => {
    await rm(target, { recursive: true });
    await writeFile(target, 'no folder');
    await expect(copy()).rejects.toMatchObject({ code: 'MountFailed' });
    expect(readFileSync(join(source, 'a.txt'), 'utf8')).toBe('a');
  });
});
