import type { ConditionKey, ConditionKeyType } from '../vocabulary/condition-keys.ts';
import { findKey } from './find-key.ts';
import { error, type Finding, quote, type Wording, warning } from './finding.ts';
import type { ConditionReading, OperatorFamily } from './read-conditions.ts';
import { requiresPresence } from './requires-presence.ts';
import type { StatementReading } from './statement-reading.ts';

/** Operators that compare as the key's documentation says. */
const familiesOfType: Readonly<Record<ConditionKeyType, readonly OperatorFamily[]>> = {
  String: ['String', 'Binary'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  // `aws:EpochTime` is a number of seconds as well.
  Date: ['Date', 'Numeric'],
  IPAddress: ['IpAddress'],
};
const exampleOfType: Readonly<Record<ConditionKeyType, string>> = {
  String: 'StringEquals',
  ARN: 'ArnLike',
  Bool: 'Bool',
  Numeric: 'NumericLessThanEquals',
  Date: 'DateLessThan',
  IPAddress: 'IpAddress',
};

export function* checkOperatorForKey(
  condition: ConditionReading,
  all: readonly ConditionReading[],
  statement: StatementReading,
): Iterable<Finding> {
  yield* checkMissingKey(condition, all, statement);
  const found = findKey(statement.vocabulary, condition.key);
  if (found.kind !== 'global' && found.kind !== 'service') return;
  if (condition.family === 'Null') return;
  yield* checkFamily(condition, found.key);
  yield* checkQualifier(condition, found.key);
}

function* checkFamily(
  { key: written, family, operatorName, path }: ConditionReading,
  { name, type }: ConditionKey,
): Iterable<Finding> {
  if (familiesOfType[type].includes(family)) return;
  // Some keys that hold ARNs are listed as text.
  if (family === 'Arn' && type === 'String' && /arns?$/i.test(name)) return;
  const shown = quote(operatorName);
  const wording: Wording = {
    message: `Replace ${shown} with an operator such as "${exampleOfType[type]}": ${quote(written)} is of type ${type}`,
    korean: `${shown} 연산자를 "${exampleOfType[type]}" 같은 연산자로 바꾸세요. ${quote(written)} 키는 ${type} 형식입니다`,
  };
  // Text comparison works on the written form, and a tag's value may well be a number.
  const compares = family === 'String' || name.includes('${');
  yield compares
    ? warning('WrongOperatorForKey', path, wording)
    : error('WrongOperatorForKey', path, wording);
}

function* checkQualifier(
  { key: written, operator, operatorName, path }: ConditionReading,
  { multivalued }: ConditionKey,
): Iterable<Finding> {
  if (multivalued && operator.qualifier === undefined) {
    yield warning('WrongOperatorForKey', path, {
      message: `Write "ForAnyValue:${operatorName}" or "ForAllValues:${operatorName}": ${quote(written)} has several values`,
      korean: `"ForAnyValue:${operatorName}" 또는 "ForAllValues:${operatorName}" 연산자를 쓰세요. ${quote(written)} 키는 값이 여럿입니다`,
    });
  }
  if (!multivalued && operator.qualifier !== undefined) {
    yield warning('WrongOperatorForKey', path, {
      message: `Remove "${operator.qualifier}:": ${quote(written)} has one value`,
      korean: `"${operator.qualifier}:" 부분을 지우세요. ${quote(written)} 키는 값이 하나입니다`,
    });
  }
}

/** `ForAllValues` holds for a request without the key; in an Allow that opens a door. */
function* checkMissingKey(
  { key, operator, path }: ConditionReading,
  all: readonly ConditionReading[],
  { effect }: StatementReading,
): Iterable<Finding> {
  if (effect !== 'Allow' || operator.qualifier !== 'ForAllValues') return;
  const folded = key.toLowerCase();
  if (all.some((other) => other.key.toLowerCase() === folded && requiresPresence(other))) return;
  yield warning('MissingKeyPasses', path, {
    message: `Add {"Null": {"${key}": "false"}}: "ForAllValues" holds for a request without the key`,
    korean: `{"Null": {"${key}": "false"}} 조건을 추가하세요. "ForAllValues"는 키가 없는 요청에도 참입니다`,
  });
}
