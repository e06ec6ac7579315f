import { describe, expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';
import { randomNumbers, randomSource } from './testing/notebooks.ts';

const signs = { same: ' ', added: '+', deleted: '-' };

function shown(before: string, after: string): string[] {
  return diffLines(before, after).map((change) => signs[change.kind] + change.text);
}

describe('diffLines', () => {
  it('tells what is the same, what went and what came', () => {
    expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
  });

  it('counts the lines of both sides', () => {
    const lines = diffLines('a\nb', 'b\nc').map((change) => [change.beforeLine, change.afterLine]);
    expect(lines).toEqual([
      [1, null],
      [2, 1],
      [null, 2],
    ]);
  });

  it('shows a line end that only one side has', () => {
    expect(shown('a', 'a\n')).toEqual([' a', '+']);
    expect(shown('a\n', 'a\n')).toEqual([' a']);
  });

  it('tells an empty text from an empty line', () => {
    expect(shown('', '')).toEqual([]);
    expect(shown('', 'a\n')).toEqual(['+a']);
    expect(shown('a', '')).toEqual(['-a']);
  });

  it('makes one side of the other, whatever they are', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 200; round += 1) {
      const [before, after] = [randomSource(random), randomSource(random)];
      const changes = diffLines(before, after);
      const side = (left: 'added' | 'deleted'): string =>
        changes
          .filter((change) => change.kind !== left)
          .map((change) => change.text)
          .join('\n');
      expect(side('added')).toBe(before);
      expect(side('deleted')).toBe(after);
    }
  });

  it('ends soon with large texts that have hardly anything in common', () => {
    const lines = (name: string): string =>
      Array.from(
        { length: 50_000 },
        (_, index) => `${index % 100 === 0 ? '' : name} ${index}`,
      ).join('\n');
    const started = process.cpuUsage();
    expect(diffLines(lines('a'), lines('b')).length).toBeGreaterThan(90_000);
    // Of this process alone, whatever else the machine does.
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});
