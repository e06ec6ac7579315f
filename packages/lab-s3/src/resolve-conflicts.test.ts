import { describe, expect, it } from 'vitest';
import type { ConflictAnswer } from './dialogs.ts';
import { resolveConflicts } from './resolve-conflicts.ts';

const item = (name: string) => ({ name, isFolder: false });

async function resolve(names: readonly string[], taken: readonly string[], answer: ConflictAnswer) {
  const arrivals = await resolveConflicts(names.map(item), {
    isTaken: async (name) => taken.includes(name),
    ask: async () => answer,
  });
  return arrivals?.map(({ name }) => name) ?? null;
}

describe('something of the same name', () => {
  it.each([
    ['replace', ['a.csv', 'b.csv']],
    ['skip', ['b.csv']],
    ['keep-both', ['a (2).csv', 'b.csv']],
    ['cancel', null],
  ] as const)('is answered by %s', async (answer, names) => {
    expect(await resolve(['a.csv', 'b.csv'], ['a.csv', 'a (1).csv'], answer)).toEqual(names);
  });

  it('keeps the whole name of what has no ending', async () => {
    expect(await resolve(['.env', 'data'], ['.env', 'data'], 'keep-both')).toEqual([
      ...['.env (1)', 'data (1)'],
    ]);
  });
});
