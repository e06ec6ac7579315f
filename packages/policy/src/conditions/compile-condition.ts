import type { ContextScalar } from '../access-request.ts';
import { joinPath } from '../document/copy-bounded.ts';
import { invalidElement } from '../document/policy-document-error.ts';
import type { ConditionValue, OneOrMore, PolicyStatement } from '../policy-document.ts';
import { contextText, type RequestContext } from '../request-context.ts';
import { readBoolean } from './bool-operator.ts';
import { holdsFor, type StatementEffect } from './condition-holds.ts';
import { type ConditionOperator, findOperator } from './condition-operator.ts';
import type { Operand } from './operand.ts';

/** One operator on one key, ready to be asked. */
export interface CompiledCondition {
  holds(context: RequestContext): boolean;
  describe(context: RequestContext): ConditionReport;
}

/** A condition as a person reads it, for one request. */
export interface ConditionReport {
  readonly operator: string;
  readonly key: string;
  /** The policy's values, with variables filled in. */
  readonly wanted: readonly string[];
  /** The request's values; undefined when the request does not have the key. */
  readonly seen: readonly string[] | undefined;
}

export interface ConditionReading {
  readonly effect: StatementEffect;
  readonly variables: boolean;
  readonly path: string;
}

export function compileConditions(
  condition: PolicyStatement['Condition'],
  reading: ConditionReading,
): readonly CompiledCondition[] {
  return Object.entries(condition ?? {}).flatMap(([name, keys]) => {
    const path = joinPath(reading.path, name);
    const operator = findOperator(name);
    if (operator === undefined) throw invalidElement(path, 'no such condition operator');
    return Object.entries(keys).map(([key, values]) =>
      compileCondition({ name, operator, key, values: listOf(values) }, { ...reading, path }),
    );
  });
}

interface ConditionSource {
  readonly name: string;
  readonly operator: ConditionOperator;
  readonly key: string;
  readonly values: readonly string[];
}

function compileCondition(source: ConditionSource, reading: ConditionReading): CompiledCondition {
  const { name, operator, key, values } = source;
  const path = joinPath(reading.path, key);
  const foldedKey = key.toLowerCase();
  const operands = values.map((value) => compileOperand(value, operator, { ...reading, path }));
  const holds =
    operator.compileOperand === undefined
      ? nullCondition(values, path)
      : holdsFor(operator, operands, reading.effect);
  return {
    holds: (context) => holds(context.valuesOf(foldedKey) ?? [], context),
    describe: (context) => ({
      operator: name,
      key,
      wanted: operands.map((operand) => operand.text(context)),
      seen: context.valuesOf(foldedKey)?.map(contextText),
    }),
  };
}

function compileOperand(
  value: string,
  { compileOperand: compile }: ConditionOperator,
  { variables, path }: ConditionReading,
): Operand {
  if (compile === undefined) return { matches: () => undefined, text: () => value };
  const operand = compile(value, { variables });
  if (operand === undefined) throw invalidElement(path, `the operator cannot read "${value}"`);
  return operand;
}

/** `"Null": {"key": "true"}` holds when the request does not have the key. */
function nullCondition(
  values: readonly string[],
  path: string,
): (seen: readonly ContextScalar[]) => boolean {
  const wanted = values.map((value) => {
    const missing = readBoolean(value);
    if (missing === undefined) throw invalidElement(path, 'expected "true" or "false"');
    return missing;
  });
  return (seen) => wanted.includes(seen.length === 0);
}

function listOf(values: OneOrMore<ConditionValue>): readonly string[] {
  return (Array.isArray(values) ? values : [values]).map(String);
}
