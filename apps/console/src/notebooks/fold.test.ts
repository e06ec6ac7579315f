import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';

/** `.` did not change; what is folded is written as its length between brackets. */
function folded(items: string, context = 1, minimum = 2): string {
  return fold([...items], { isSame: (item) => item === '.', context, minimum })
    .map((each) => (each.kind === 'shown' ? each.item : `[${each.items.length}@${each.index}]`))
    .join('');
}

describe('what did not change', () => {
  it.each([
    ['', ''],
    ['xx', 'xx'],
    ['.x.', '.x.'],
    ['x.....x', 'x.[3@2].x'],
    ['x...x', 'x...x'],
    ['....x', '[3@0].x'],
    ['x....', 'x.[3@2]'],
    ['......', '[6@0]'],
    ['x.x....x', 'x.x.[2@4].x'],
  ])('of %j is folded to %j', (items, expected) => {
    expect(folded(items)).toBe(expected);
  });

  it('is folded whole where nothing around a change stays', () => {
    expect(folded('x..x.', 0, 1)).toBe('x[2@1]x[1@4]');
  });
});
