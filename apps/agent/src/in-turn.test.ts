import { expect, test } from 'vitest';
import { InTurn } from './in-turn.ts';

test('what has the same name comes one after the other, in order', async () => {
  const turns = new InTurn();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
  };
  await Promise.all([turns.run('a', work('first')), turns.run('a', work('second'))]);
  expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('other names do not wait, and a failure lets the next come', async () => {
  const turns = new InTurn();
  let release: () => void = () => {};
  const held = turns.run('a', () => new Promise<void>((resolve) => (release = resolve)));
  expect(await turns.run('b', async () => 'other')).toBe('other');
  release();
  await held;
  await expect(turns.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow();
  expect(await turns.run('a', async () => 'next')).toBe('next');
});
