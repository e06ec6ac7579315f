import type { ContextScalar } from '../access-request.ts';
import type { RequestContext } from '../request-context.ts';

/** One value of a condition in a policy, prepared for its operator. */
export interface Operand {
  /** Undefined when the two cannot be compared: a variable has no value, a text is no address. */
  matches(seen: ContextScalar, context: RequestContext): boolean | undefined;
  /** The value as it counts for this request, with variables filled in. */
  text(context: RequestContext): string;
}

interface OperandReading {
  /** False in a document of version 2008-10-17. */
  readonly variables: boolean;
}

/** Undefined when the operator cannot read the value; such a policy is refused. */
export type OperandCompiler = (source: string, reading: OperandReading) => Operand | undefined;

/** An operand of an operator without policy variables: numbers, dates, booleans, addresses. */
export function fixedOperand(
  source: string,
  matches: (seen: ContextScalar) => boolean | undefined,
): Operand {
  return { matches, text: () => source };
}
