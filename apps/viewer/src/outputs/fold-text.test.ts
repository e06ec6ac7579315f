import { describe, expect, it } from 'vitest';
import { splitText } from './fold-text.ts';

describe('a long text', () => {
  it('is folded after so many lines, and nothing of it is lost', () => {
    const text = 'line\n'.repeat(1_000);
    const { head, rest, restLineCount } = splitText(text);
    expect([head + rest === text, head.split('\n').length - 1, restLineCount]).toEqual([
      true,
      300,
      1_000,
    ]);
  });

  it('is folded within a line that has no end', () => {
    const text = 'x'.repeat(100_000);
    const { head, rest } = splitText(text);
    expect([head.length, rest.length]).toEqual([30_000, 70_000]);
  });

  it('is not folded for a few lines more', () => {
    expect(splitText('line\n'.repeat(305)).rest).toBe('');
    expect(splitText('').rest).toBe('');
  });
});
