import { expect, it } from 'vitest';
import { folderOf, homePath, isNotebook, lastName, repositoryPath } from './paths.ts';

it('leads from the repository to the home and back', () => {
  expect([homePath('', 'a/b.txt'), homePath('work', 'a/b.txt')]).toEqual([
    ...['a/b.txt', 'work/a/b.txt'],
  ]);
  expect(repositoryPath('work', 'work/a/b.txt')).toBe('a/b.txt');
  expect(repositoryPath('', 'a/b.txt')).toBe('a/b.txt');
  expect(repositoryPath('work', 'works/a.txt')).toBeUndefined();
});

it('parts a path', () => {
  expect([lastName('a/b.txt'), folderOf('a/b.txt'), folderOf('b.txt')]).toEqual([
    ...['b.txt', 'a', ''],
  ]);
  expect([isNotebook('A.IPYNB'), isNotebook('a.ipynb.txt')]).toEqual([true, false]);
});
