import { describe, expect, it } from 'vitest';
import type { ComparedPart } from './comparison.ts';
import { highlightWords } from './highlight-words.ts';

/** What is marked stands between brackets. */
function shown(parts: readonly ComparedPart[]): string {
  return parts.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('');
}

function marked(before: string, after: string): string[] {
  const lines = highlightWords(before, after);
  return [shown(lines.before), shown(lines.after)];
}

describe('words of a line that came in the place of another', () => {
  it.each([
    ['rate = 0.5', 'rate = 0.7', 'rate = 0.[5]', 'rate = 0.[7]'],
    ['plot(a, b)', 'plot(a, c, b)', 'plot(a, b)', 'plot(a, [c, ]b)'],
    ['평균 금리는 3', '평균 금리는 4', '평균 금리는 [3]', '평균 금리는 [4]'],
    ['f(x) + g(y)', 'f(z) + g(y) + 1', 'f([x]) + g(y)', 'f([z]) + g(y)[ + 1]'],
  ])('of %j against %j are marked', (before, after, left, right) => {
    expect(marked(before, after)).toEqual([left, right]);
  });

  it('are not marked where the lines have no word in common', () => {
    expect(marked('import os', '(1)')).toEqual(['import os', '(1)']);
  });

  it('are marked whole between the ends that are the same where lines are very long', () => {
    const words = (letter: string) => Array.from({ length: 300 }, (_, n) => letter + n).join(' ');
    const [before] = marked(`same ${words('a')} same`, `same ${words('b')} same`);
    expect(before).toBe(`same [${words('a')}] same`);
  });
});
