import { describe, expect, it } from 'vitest';
import type { ComparedLine } from './comparison.ts';
import { pairLines } from './pair-lines.ts';

const kinds = { '=': 'same', '+': 'added', '-': 'removed' } as const;

function lines(text: string): ComparedLine[] {
  return text.split(' ').map((word) => ({
    kind: kinds[word[0] as keyof typeof kinds],
    parts: [{ text: word.slice(1), isChanged: false }],
  }));
}

function paired(text: string): string[] {
  const wordOf = (line: ComparedLine | undefined) => line?.parts[0]?.text ?? '';
  return pairLines(lines(text)).map(({ before, after }) => `${wordOf(before)}|${wordOf(after)}`);
}

describe('lines side by side', () => {
  it('stand beside what came in their place', () => {
    expect(paired('=a -b -c +B =d')).toEqual(['a|a', 'b|B', 'c|', 'd|d']);
  });

  it('stand alone where nothing was there', () => {
    expect(paired('+a =b -c')).toEqual(['|a', 'b|b', 'c|']);
  });

  it('begin anew where something was removed after something was added', () => {
    expect(paired('+a -b +c')).toEqual(['|a', 'b|c']);
  });
});
