import type { ContextScalar } from '../access-request.ts';
import type { RequestContext } from '../request-context.ts';
import type { ConditionOperator } from './condition-operator.ts';
import type { Operand } from './operand.ts';

export type StatementEffect = 'Allow' | 'Deny';

/** Does an operator hold for the values that the request has under its key (none: missing)? */
export type ConditionTest = (seen: readonly ContextScalar[], context: RequestContext) => boolean;

/** IAM User Guide, "Condition operators" and "Multivalued context keys". */
export function holdsFor(
  operator: ConditionOperator,
  operands: readonly Operand[],
  effect: StatementEffect,
): ConditionTest {
  const valueHolds = operator.negated ? matchesNone(operands, effect) : matchesAny(operands);
  const whenMissing = operator.ifExists || holdsWhenMissing(operator);
  if (operator.qualifier !== undefined) {
    const forAll = operator.qualifier === 'ForAllValues';
    return (seen, context) => {
      if (isEmptySet(seen)) return whenMissing;
      const holds = (value: ContextScalar) => valueHolds(value, context);
      return forAll ? seen.every(holds) : seen.some(holds);
    };
  }
  return (seen, context) => {
    if (seen.length === 0) return whenMissing;
    // A multivalued key asks for a set qualifier. Without one the reading that gives less access
    // holds: every value must satisfy an Allow, one value is enough for a Deny.
    const holds = (value: ContextScalar) => valueHolds(value, context);
    return effect === 'Allow' ? seen.every(holds) : seen.some(holds);
  };
}

function holdsWhenMissing({ qualifier, negated }: ConditionOperator): boolean {
  if (qualifier === 'ForAllValues') return true;
  if (qualifier === 'ForAnyValue') return false;
  return negated;
}

/** To set qualifiers an empty text counts as no value. */
function isEmptySet(seen: readonly ContextScalar[]): boolean {
  return seen.every((value) => value === '');
}

type ValueTest = (value: ContextScalar, context: RequestContext) => boolean;

function matchesAny(operands: readonly Operand[]): ValueTest {
  return (value, context) => operands.some((operand) => operand.matches(value, context) === true);
}

/**
 * INVARIANT: a comparison that cannot be made never gives access. A variable without value makes
 * a negated comparison fail in an Allow, and lets it hold in a Deny.
 */
function matchesNone(operands: readonly Operand[], effect: StatementEffect): ValueTest {
  return (value, context) => {
    for (const operand of operands) {
      const matches = operand.matches(value, context);
      if (matches === true) return false;
      if (matches === undefined && effect === 'Allow') return false;
    }
    return true;
  };
}
