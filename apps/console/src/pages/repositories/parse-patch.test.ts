import { describe, expect, it } from 'vitest';
import { parsePatch } from './parse-patch.ts';

describe('parsePatch', () => {
  it('numbers the lines of both sides, hunk by hunk', () => {
    const patch = '@@ -3,2 +3,3 @@ def f():\n a\n-b\n+c\n+d\n@@ -20 +21 @@\n-x\n+y\n';
    expect(parsePatch(patch)).toEqual([
      { kind: 'hunk', text: '@@ -3,2 +3,3 @@ def f():' },
      { kind: 'same', text: 'a', beforeNumber: 3, afterNumber: 3 },
      { kind: 'deleted', text: 'b', beforeNumber: 4 },
      { kind: 'added', text: 'c', afterNumber: 4 },
      { kind: 'added', text: 'd', afterNumber: 5 },
      { kind: 'hunk', text: '@@ -20 +21 @@' },
      { kind: 'deleted', text: 'x', beforeNumber: 20 },
      { kind: 'added', text: 'y', afterNumber: 21 },
    ]);
  });

  it('takes lines that look like headers for the text that they are', () => {
    const patch = '@@ -1,2 +1,2 @@\n-- old.sql\n-@@ -1 +1 @@\n+++ new\n+\\ no\n';
    expect(parsePatch(patch).map(({ kind, text }) => [kind, text])).toEqual([
      ['hunk', '@@ -1,2 +1,2 @@'],
      ['deleted', '- old.sql'],
      ['deleted', '@@ -1 +1 @@'],
      ['added', '++ new'],
      ['added', '\\ no'],
    ]);
  });

  it('marks lines that end the file without a line break', () => {
    const patch =
      '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n';
    expect(parsePatch(patch).slice(1)).toEqual([
      { kind: 'deleted', text: 'a', beforeNumber: 1, hasNoEnd: true },
      { kind: 'added', text: 'b', afterNumber: 1, hasNoEnd: true },
    ]);
  });

  it('finds nothing in nothing', () => {
    expect(parsePatch('')).toEqual([]);
  });
});
