import { fixedOperand, type OperandCompiler } from './operand.ts';

const base64Pattern = /^[A-Za-z0-9+/]*={0,2}$/;

/** Compares bytes, not their text: the request's value comes in base64 as well. */
export const binaryEquals: OperandCompiler = (source) => {
  const wanted = readBytes(source);
  if (wanted === undefined) return undefined;
  return fixedOperand(source, (value) => {
    const seen = typeof value === 'string' ? readBytes(value) : undefined;
    return seen === undefined ? undefined : seen === wanted;
  });
};

/** One character for each byte. */
function readBytes(text: string): string | undefined {
  if (!base64Pattern.test(text)) return undefined;
  try {
    return atob(text);
  } catch {
    // Right characters, impossible length: no bytes either.
    return undefined;
  }
}
