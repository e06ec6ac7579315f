import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HomeFolder } from '../contents/home-folder.ts';
import { writeNotebook } from './job-files.ts';

let folder: string;
let home: HomeFolder;
const notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-files-'));
  home = new HomeFolder(folder);
});

afterEach(() => rmSync(folder, { recursive: true }));

test('the folders that an output notebook goes to are made', async () => {
  await writeNotebook(home, 'a/b/c.ipynb', notebook);
  await writeNotebook(home, 'a/b/d.ipynb', notebook);
  expect(JSON.parse(readFileSync(join(folder, 'a/b/c.ipynb'), 'utf8'))).toEqual(notebook);
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.ipynb', 'd.ipynb']);
});

test('one that is too large to be opened is not written', async () => {
  const large = { ...notebook, metadata: { text: 'x'.repeat(65 * 1024 * 1024) } };
  await expect(writeNotebook(home, 'large.ipynb', large)).rejects.toMatchObject({
    code: 'OutputTooLarge',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('no link leads an output notebook out of the home, and no file is taken for a folder', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  symlinkSync(outside, join(folder, 'link'));
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'taken.ipynb'));
  const refused: [string, string][] = [
    ['link/x.ipynb', 'Refused'],
    ['link/deeper/x.ipynb', 'Refused'],
    ['file/x.ipynb', 'Conflict'],
    ['taken.ipynb', 'Conflict'],
    ['../x.ipynb', 'InvalidPath'],
  ];
  for (const [path, code] of refused) {
    await expect(writeNotebook(home, path, notebook)).rejects.toMatchObject({ code });
  }
  expect(existsSync(join(outside, 'x.ipynb'))).toBe(false);
  rmSync(outside, { recursive: true });
});
