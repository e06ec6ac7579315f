import { type ConditionOperator, findOperator } from '../conditions/condition-operator.ts';
import { joinPath } from '../document/copy-bounded.ts';
import { isObject, itemsOf, type JsonObject, type ValueAtPath } from './json-values.ts';

/** What an operator compares. */
export type OperatorFamily =
  | 'String'
  | 'Numeric'
  | 'Date'
  | 'Bool'
  | 'Binary'
  | 'IpAddress'
  | 'Arn'
  | 'Null';

/** One operator on one key. */
export interface ConditionReading {
  readonly path: string;
  /** As written, such as `ForAllValues:StringLikeIfExists`. */
  readonly operatorName: string;
  /** Without qualifier and `IfExists`, in lower case. */
  readonly base: string;
  readonly operator: ConditionOperator;
  readonly family: OperatorFamily;
  readonly key: string;
  readonly values: readonly ValueAtPath[];
}

/** The conditions that can be read; the others are findings of their shape. */
export function readConditions(statement: {
  readonly elements: JsonObject;
  readonly path: string;
}): readonly ConditionReading[] {
  const { Condition: condition } = statement.elements;
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operatorName, keys]) => {
    const operator = findOperator(operatorName);
    if (operator === undefined || !isObject(keys)) return [];
    const base = operatorName
      .replace(/^[^:]*:/, '')
      .replace(/IfExists$/i, '')
      .toLowerCase();
    const operatorPath = joinPath(joinPath(statement.path, 'Condition'), operatorName);
    return Object.entries(keys).map(([key, value]): ConditionReading => {
      const path = joinPath(operatorPath, key);
      const family = familyOf(base);
      return { path, operatorName, base, operator, family, key, values: itemsOf(value, path) };
    });
  });
}

const families: readonly (readonly [string, OperatorFamily])[] = [
  ['string', 'String'],
  ['numeric', 'Numeric'],
  ['date', 'Date'],
  ['bool', 'Bool'],
  ['binary', 'Binary'],
  ['ipaddress', 'IpAddress'],
  ['notipaddress', 'IpAddress'],
  ['arn', 'Arn'],
];

function familyOf(base: string): OperatorFamily {
  return families.find(([start]) => base.startsWith(start))?.[1] ?? 'Null';
}
