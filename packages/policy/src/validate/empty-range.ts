import type { ConditionReading } from './read-conditions.ts';

interface Bound {
  readonly value: number;
  /** True when the bound itself holds. */
  readonly closed: boolean;
}

/** Do "less than" and "greater than" leave no value between them? */
export function isEmptyRange(conditions: readonly ConditionReading[]): boolean {
  const highest = conditions
    .flatMap((condition) => boundOf(condition, 'lessthan', Math.max))
    .reduce((one, other) => tighter(one, other, other.value < one.value), above);
  const lowest = conditions
    .flatMap((condition) => boundOf(condition, 'greaterthan', Math.min))
    .reduce((one, other) => tighter(one, other, other.value > one.value), below);
  if (lowest.value !== highest.value) return lowest.value > highest.value;
  return !(lowest.closed && highest.closed);
}

const above: Bound = { value: Number.POSITIVE_INFINITY, closed: true };
const below: Bound = { value: Number.NEGATIVE_INFINITY, closed: true };
const rangePattern = /^(?:numeric|date)(lessthan|greaterthan)(equals)?$/;
const yearPattern = /^\d{4}$/;
const millisecondsPerSecond = 1_000;

/** Several values of one condition are alternatives: the widest one counts. */
function boundOf(
  { base, values, family }: ConditionReading,
  wanted: string,
  widest: (...numbers: number[]) => number,
): Bound[] {
  const [, direction, equals] = rangePattern.exec(base) ?? [];
  if (direction !== wanted || values.length === 0) return [];
  const read = family === 'Date' ? readDate : Number;
  const value = widest(...values.map((item) => read(String(item.value))));
  return Number.isNaN(value) ? [] : [{ value, closed: equals !== undefined }];
}

function tighter(one: Bound, other: Bound, otherIsTighter: boolean): Bound {
  if (otherIsTighter) return other;
  return one.value === other.value && !other.closed ? other : one;
}

/** In seconds since 1970, so that both ways to write a date compare. */
function readDate(text: string): number {
  const seconds = yearPattern.test(text) ? Number.NaN : Number(text);
  return Number.isNaN(seconds) ? Date.parse(text) / millisecondsPerSecond : seconds;
}
