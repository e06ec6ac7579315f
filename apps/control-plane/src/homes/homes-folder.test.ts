import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectLog } from '../studios/testing/collected-log.ts';
import { eventually } from '../studios/testing/eventually.ts';
import { openHomesFolder } from './homes-folder.ts';

let folder: string;
let homes: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homes-'));
  homes = join(folder, 'homes');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openHomesFolder(folder, collectLog());

async function makeOldHome(name: string): Promise<void> {
  await mkdir(join(homes, name, 'files'), { recursive: true });
  await writeFile(join(homes, name, 'files', 'a.txt'), name);
  await writeFile(join(homes, name, 'volume'), 'the name of a file that a person chose');
}

async function readOld(name: string): Promise<string> {
  return readFile(join(homes, name, 'files', 'files', 'a.txt'), 'utf8');
}

describe('the folder of all homes', () => {
  it('gives the homes of an earlier version a folder around their files', async () => {
    await makeOldHome('alice');
    await makeOldHome('bob');
    expect(await open()).toBe(homes);
    expect(await readdir(homes)).toEqual(['.layout', 'alice', 'bob']);
    expect(await readOld('alice')).toBe('alice');
    await open();
    expect(await readOld('bob')).toBe('bob');
  });

  it.each(['before the layout is written', 'after it'])('goes on after a kill %s', async (when) => {
    await makeOldHome('alice');
    await makeOldHome('bob');
    await mkdir(join(homes, '.moving', 'alice'), { recursive: true });
    await rename(join(homes, 'alice'), join(homes, '.moving', 'alice', 'files'));
    if (when === 'after it') {
      await mkdir(join(homes, '.moving', 'bob'));
      await rename(join(homes, 'bob'), join(homes, '.moving', 'bob', 'files'));
      await writeFile(join(homes, '.layout'), '2\n');
      await rename(join(homes, '.moving', 'bob'), join(homes, 'bob'));
    }
    await open();
    expect(await readdir(homes)).toEqual(['.layout', 'alice', 'bob']);
    expect(await readOld('alice')).toBe('alice');
    expect(await readOld('bob')).toBe('bob');
  });

  it('goes on with a deletion that was interrupted', async () => {
    await mkdir(join(homes, '.discarded-0011', 'nested'), { recursive: true });
    await open();
    await eventually(() => readdir(homes)).toEqual(['.layout']);
  });
});
