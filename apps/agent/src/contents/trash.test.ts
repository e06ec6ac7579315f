import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HomeFolder } from './home-folder.ts';
import { Trash } from './trash.ts';

let folder: string;
let home: HomeFolder;
let trash: Trash;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trash-test-'));
  home = new HomeFolder(folder);
  trash = new Trash(home.root, () => new Date(2026, 2, 4, 5, 6, 7));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inTrash = (...names: string[]) => join(folder, '.local/share/Trash', ...names);
const take = async (path: string) => trash.take(await home.entry(path));

describe('the trash (FreeDesktop.org specification)', () => {
  it('keeps what was deleted and where it was', async () => {
    mkdirSync(join(folder, '자료'));
    writeFileSync(join(folder, '자료/a b.txt'), 'hello');
    await take('자료/a b.txt');
    expect(readFileSync(inTrash('files', 'a b.txt'), 'utf8')).toBe('hello');
    const info = readFileSync(inTrash('info', 'a b.txt.trashinfo'), 'utf8');
    expect(info.split('\n')).toEqual([
      '[Trash Info]',
      `Path=${folder}/%EC%9E%90%EB%A3%8C/a%20b.txt`,
      'DeletionDate=2026-03-04T05:06:07',
      '',
    ]);
  });

  it('keeps several of one name apart', async () => {
    for (const content of ['one', 'two', 'three']) {
      writeFileSync(join(folder, 'a.txt'), content);
      await take('a.txt');
    }
    const kept = readdirSync(inTrash('files')).map((name) =>
      readFileSync(inTrash('files', name), 'utf8'),
    );
    expect(kept.sort()).toEqual(['one', 'three', 'two']);
    expect(readdirSync(inTrash('info')).sort()).toEqual(
      readdirSync(inTrash('files'))
        .map((name) => `${name}.trashinfo`)
        .sort(),
    );
  });

  it('takes folders with what is in them', async () => {
    mkdirSync(join(folder, 'data/inner'), { recursive: true });
    writeFileSync(join(folder, 'data/inner/a.txt'), 'x');
    await take('data');
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(existsSync(inTrash('files/data/inner/a.txt'))).toBe(true);
  });

  it('deletes for good what is deleted from it', async () => {
    writeFileSync(join(folder, 'a.txt'), 'x');
    await take('a.txt');
    await take('.local/share/Trash/files/a.txt');
    expect(readdirSync(inTrash('files'))).toEqual([]);
    expect(readdirSync(inTrash('info'))).toEqual([]);
  });

  it('takes a file with the longest possible name', async () => {
    const name = '가'.repeat(85);
    writeFileSync(join(folder, name), 'x');
    await take(name);
    expect(existsSync(join(folder, name))).toBe(false);
    expect(readdirSync(inTrash('files'))).toHaveLength(1);
  });

  it('refuses the home, a folder that holds the trash, and what does not exist', async () => {
    writeFileSync(join(folder, 'a.txt'), 'x');
    await take('a.txt');
    await expect(take('')).rejects.toMatchObject({ code: 'InvalidPath' });
    await expect(take('.local')).rejects.toMatchObject({ code: 'Refused' });
    await expect(take('none')).rejects.toMatchObject({ code: 'NotFound' });
    expect(existsSync(inTrash('files/a.txt'))).toBe(true);
  });
});
