import { describe, expect, it } from 'vitest';
import type { ChangedFile } from './changed-file.ts';
import { chooseFile, noChoice } from './choose-files.ts';

const file = (path: string, group: ChangedFile['group'] = 'changed'): ChangedFile => ({
  ...{ group, path, state: 'modified', oldPath: null },
});
const group = ['a', 'b', 'c', 'd'].map((path) => file(path));

describe('a choice of files', () => {
  it('is the file that was clicked', () => {
    const first = chooseFile(group, file('a'), { choice: noChoice });
    expect([...chooseFile(group, file('c'), { choice: first }).keys]).toEqual(['changed/c']);
  });

  it('grows by a range and shrinks by a single one', () => {
    const first = chooseFile(group, file('b'), { choice: noChoice });
    const range = chooseFile(group, file('d'), { choice: first, shiftKey: true });
    expect([...range.keys]).toEqual(['changed/b', 'changed/c', 'changed/d']);
    const without = chooseFile(group, file('c'), { choice: range, ctrlKey: true });
    expect([...without.keys]).toEqual(['changed/b', 'changed/d']);
  });

  it('never holds files of two groups', () => {
    const first = chooseFile(group, file('b'), { choice: noChoice });
    const staged = [file('x', 'staged')];
    const other = chooseFile(staged, file('x', 'staged'), { choice: first, ctrlKey: true });
    expect([...other.keys]).toEqual(['staged/x']);
  });
});
