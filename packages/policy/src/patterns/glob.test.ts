import { describe, expect, test } from 'vitest';
import { seededRandom } from '../testing/random-cases.ts';
import { anyCharacter, anyRun, compileGlob, type GlobPart, globMatches } from './glob.ts';
import { parseTemplate } from './template.ts';

describe('patterns', () => {
  test('agree with the plain definition on thousands of short patterns', () => {
    const random = seededRandom(1);
    for (let run = 0; run < 20_000; run += 1) {
      const parts = patternOf(draw(() => random(['a', 'b', '*', '?']), random([0, 1, 2, 3, 4, 5])));
      const text = draw(() => random(['a', 'b']), random([0, 1, 2, 3, 4, 5, 6]));
      const expected = matchesByDefinition(parts, text);
      expect([parts, text, globMatches(parts, text)]).toEqual([parts, text, expected]);
      expect([parts, text, compileGlob(parts)(text)]).toEqual([parts, text, expected]);
    }
  });

  test('a question mark is one character, however it is encoded', () => {
    expect(globMatches(patternOf('a?c'), 'a한c')).toBe(true);
    expect(globMatches(patternOf('a?c'), 'a😀c')).toBe(true);
    expect(globMatches(patternOf('a??c'), 'a😀c')).toBe(false);
  });

  test('no pattern makes matching slow', () => {
    const pattern = patternOf('*a'.repeat(200));
    const before = performance.now();
    expect(globMatches(pattern, `${'a'.repeat(4_000)}b`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

function patternOf(source: string): readonly GlobPart[] {
  return parseTemplate(source, { variables: false, wildcards: true }) as readonly GlobPart[];
}

function draw(next: () => string, length: number): string {
  return Array.from({ length }, next).join('');
}

/** Slow and obvious. */
function matchesByDefinition(parts: readonly GlobPart[], text: string): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return text === '';
  if (part === anyRun) {
    return Array.from({ length: text.length + 1 }).some((_, taken) =>
      matchesByDefinition(rest, text.slice(taken)),
    );
  }
  if (part === anyCharacter) return text !== '' && matchesByDefinition(rest, text.slice(1));
  return text.startsWith(part) && matchesByDefinition(rest, text.slice(part.length));
}
