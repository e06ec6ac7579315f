import { describe, expect, it } from 'vitest';
import { parseAnsi } from './ansi.ts';

const looks = (text: string) =>
  parseAnsi(text).map((span) =>
    [span.text, ...span.classes, span.color, span.background].filter(Boolean),
  );

describe('colours of terminals', () => {
  it('are classes for the sixteen and colours for the others', () => {
    expect(
      looks('a\u001b[1;31mb\u001b[0mc\u001b[38;5;196md\u001b[48;2;1;2;3me\u001b[39;49m'),
    ).toEqual([
      ['a'],
      ['b', 'ansi-bold', 'ansi-red-foreground'],
      ['c'],
      ['d', 'rgb(255, 0, 0)'],
      ['e', 'rgb(255, 0, 0)', 'rgb(1, 2, 3)'],
    ]);
    expect(looks('\u001b[91mx\u001b[7my')).toEqual([
      ['x', 'ansi-red-intense-foreground'],
      ['y', 'ansi-inverse-foreground', 'ansi-red-intense-background'],
    ]);
  });

  it('take numbers beyond a byte for the nearest, so that no style is made of them', () => {
    expect(parseAnsi('\u001b[38;2;999;0;0mx')[0]?.color).toBe('rgb(255, 0, 0)');
  });

  it('leave other sequences out, and what was overwritten', () => {
    expect(
      parseAnsi('10%\r100%\n')
        .map(({ text }) => text)
        .join(''),
    ).toBe('100%\n');
    expect(
      parseAnsi('ab\bc')
        .map(({ text }) => text)
        .join(''),
    ).toBe('ac');
    expect(
      parseAnsi('\u001b[2Kx\u001b]8;;https://a.example\u0007y')
        .map(({ text }) => text)
        .join(''),
    ).toBe('xy');
  });
});
