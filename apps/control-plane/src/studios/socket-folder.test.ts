import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocketFolder, socketFolderOf } from './socket-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sockets-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the folder of sockets', () => {
  it("is its owner's alone and loses what an earlier run left", async () => {
    const path = socketFolderOf(folder);
    await mkdir(path, { recursive: true, mode: 0o755 });
    await writeFile(join(path, 'alice-00000000.sock'), '');
    expect(await openSocketFolder(folder)).toBe(path);
    expect(await readdir(path)).toEqual([]);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('is a short one where the data folder lies deep, and always the same', () => {
    const deep = `/${'a'.repeat(90)}`;
    expect(socketFolderOf(deep)).toMatch(/strongroom-[0-9a-f]{16}$/);
    expect(socketFolderOf(deep)).toBe(socketFolderOf(deep));
    expect(socketFolderOf(deep)).not.toBe(socketFolderOf(`${deep}b`));
  });

  it('is refused where somebody else put a link in its place', async () => {
    const deep = `/${'b'.repeat(90)}${folder}`;
    const path = socketFolderOf(deep);
    await symlink(folder, path);
    try {
      await expect(openSocketFolder(deep)).rejects.toThrow(/somebody else/);
    } finally {
      await rm(path);
    }
  });
});
