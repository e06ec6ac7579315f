import type { ContextScalar } from '../access-request.ts';
import { fixedOperand, type OperandCompiler } from './operand.ts';

export const bool: OperandCompiler = (source) => {
  const wanted = readBoolean(source);
  if (wanted === undefined) return undefined;
  return fixedOperand(source, (value) => {
    const seen = readBoolean(value);
    return seen === undefined ? undefined : seen === wanted;
  });
};

export function readBoolean(value: ContextScalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}
