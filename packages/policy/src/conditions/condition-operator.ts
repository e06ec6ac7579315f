import { arnLike } from './arn-operators.ts';
import { binaryEquals } from './binary-operator.ts';
import { bool } from './bool-operator.ts';
import { date } from './date-operators.ts';
import { ipAddress } from './ip-operators.ts';
import { comparisons, numeric } from './number-operators.ts';
import type { OperandCompiler } from './operand.ts';
import { stringEquals, stringEqualsIgnoreCase, stringLike } from './string-operators.ts';

type SetQualifier = 'ForAllValues' | 'ForAnyValue';

export interface ConditionOperator {
  readonly qualifier?: SetQualifier;
  readonly ifExists: boolean;
  /** A negated operator holds when no value of the policy matches. */
  readonly negated: boolean;
  /** Undefined for `Null`, which asks about the key and not about a value. */
  readonly compileOperand?: OperandCompiler;
}

const positive: Readonly<Record<string, OperandCompiler>> = {
  stringequals: stringEquals,
  stringequalsignorecase: stringEqualsIgnoreCase,
  stringlike: stringLike,
  numericequals: numeric(comparisons.equals),
  numericlessthan: numeric(comparisons.lessThan),
  numericlessthanequals: numeric(comparisons.lessThanEquals),
  numericgreaterthan: numeric(comparisons.greaterThan),
  numericgreaterthanequals: numeric(comparisons.greaterThanEquals),
  dateequals: date(comparisons.equals),
  datelessthan: date(comparisons.lessThan),
  datelessthanequals: date(comparisons.lessThanEquals),
  dategreaterthan: date(comparisons.greaterThan),
  dategreaterthanequals: date(comparisons.greaterThanEquals),
  bool,
  binaryequals: binaryEquals,
  ipaddress: ipAddress,
  arnequals: arnLike,
  arnlike: arnLike,
};

const negated: Readonly<Record<string, OperandCompiler>> = {
  stringnotequals: stringEquals,
  stringnotequalsignorecase: stringEqualsIgnoreCase,
  stringnotlike: stringLike,
  numericnotequals: numeric(comparisons.equals),
  datenotequals: date(comparisons.equals),
  notipaddress: ipAddress,
  arnnotequals: arnLike,
  arnnotlike: arnLike,
};

const operatorPattern = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i;
const operators = new Map<string, Pick<ConditionOperator, 'negated' | 'compileOperand'>>([
  ...Object.entries(positive).map(
    ([name, compileOperand]) => [name, { negated: false, compileOperand }] as const,
  ),
  ...Object.entries(negated).map(
    ([name, compileOperand]) => [name, { negated: true, compileOperand }] as const,
  ),
]);

/** Undefined for a name that is no operator. `Null` takes neither qualifier nor IfExists. */
export function findOperator(name: string): ConditionOperator | undefined {
  if (name.toLowerCase() === 'null') return { ifExists: false, negated: false };
  const [, prefix, base = '', suffix] = operatorPattern.exec(name) ?? [];
  const operator = operators.get(base.toLowerCase());
  if (operator === undefined) return undefined;
  const qualifier = readQualifier(prefix);
  const ifExists = suffix !== undefined;
  return qualifier === undefined ? { ...operator, ifExists } : { ...operator, ifExists, qualifier };
}

function readQualifier(prefix: string | undefined): SetQualifier | undefined {
  if (prefix === undefined) return undefined;
  return prefix.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
}
