import { expect, it } from 'vitest';
import { wordParts } from './word-parts.ts';

it('marks the words that only one of two lines has', () => {
  const { before, after } = wordParts('rate = load(path)', 'rate = read(path, 2)');
  expect(before.filter(({ isChanged }) => isChanged)).toEqual([{ text: 'load', isChanged: true }]);
  expect(after.filter(({ isChanged }) => isChanged).map(({ text }) => text)).toEqual([
    ...['read', ', 2'],
  ]);
  expect(after.map(({ text }) => text).join('')).toBe('rate = read(path, 2)');
});

it('loses nothing of a line of any script', () => {
  const { before } = wordParts('요율을 계산 😀 한다', '');
  expect(before).toEqual([{ text: '요율을 계산 😀 한다', isChanged: true }]);
});
