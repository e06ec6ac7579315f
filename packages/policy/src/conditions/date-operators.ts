import type { ContextScalar } from '../access-request.ts';
import type { NumberComparison } from './number-operators.ts';
import { fixedOperand, type OperandCompiler } from './operand.ts';

/** The forms of W3C's note on date and time formats; a time without zone counts as UTC. */
const datePattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const epochPattern = /^\d{5,12}(?:\.\d{1,9})?$/;
const millisecondsPerSecond = 1_000;
const millisecondsPerMinute = 60_000;

export function date(compare: NumberComparison): OperandCompiler {
  return (source) => {
    const wanted = readInstant(source);
    if (wanted === undefined) return undefined;
    return fixedOperand(source, (value) => {
      const seen = readInstant(value);
      return seen === undefined ? undefined : compare(seen, wanted);
    });
  };
}

/** Milliseconds since 1970. Numbers are epoch seconds, as in `aws:EpochTime`. */
function readInstant(value: ContextScalar): number | undefined {
  if (value instanceof Date) return finite(value.getTime());
  if (typeof value === 'number') return finite(value * millisecondsPerSecond);
  if (typeof value !== 'string') return undefined;
  if (epochPattern.test(value)) return Number(value) * millisecondsPerSecond;
  return readDate(value);
}

function readDate(text: string): number | undefined {
  const match = datePattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  const milliseconds = Number(`0.${match[7] ?? '0'}`) * millisecondsPerSecond;
  const offset = readOffset(match[8]);
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;

  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  // The 30th of February would count on into March.
  if (instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== day) return undefined;
  instant.setUTCHours(hour, minute, second, milliseconds);
  return instant.getTime() - offset * millisecondsPerMinute;
}

/** Minutes east of UTC. */
function readOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
