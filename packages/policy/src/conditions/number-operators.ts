import type { ContextScalar } from '../access-request.ts';
import { fixedOperand, type OperandCompiler } from './operand.ts';

/** How a request's number stands to the policy's number. */
export type NumberComparison = (seen: number, wanted: number) => boolean;

export const comparisons = {
  equals: (seen, wanted) => seen === wanted,
  lessThan: (seen, wanted) => seen < wanted,
  lessThanEquals: (seen, wanted) => seen <= wanted,
  greaterThan: (seen, wanted) => seen > wanted,
  greaterThanEquals: (seen, wanted) => seen >= wanted,
} as const satisfies Record<string, NumberComparison>;

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const longestNumber = 64;

export function numeric(compare: NumberComparison): OperandCompiler {
  return (source) => {
    const wanted = readNumber(source);
    if (wanted === undefined) return undefined;
    return fixedOperand(source, (value) => {
      const seen = readNumber(value);
      return seen === undefined ? undefined : compare(seen, wanted);
    });
  };
}

function readNumber(value: ContextScalar): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > longestNumber) return undefined;
  return numberPattern.test(value) ? Number(value) : undefined;
}
