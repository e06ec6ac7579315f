import { findOperator } from '../conditions/condition-operator.ts';
import { joinPath } from '../document/copy-bounded.ts';
import { checkConditionKey } from './check-condition-key.ts';
import { checkConditionValues } from './check-condition-values.ts';
import { checkOperatorForKey } from './check-operator-for-key.ts';
import { error, type Finding, quote } from './finding.ts';
import { isObject, type JsonObject } from './json-values.ts';
import { foldLookAlikes } from './look-alikes.ts';
import { nearestWord } from './nearest-word.ts';
import { operatorNames } from './operator-names.ts';
import { readConditions } from './read-conditions.ts';
import type { StatementReading } from './statement-reading.ts';

export function* checkConditions(statement: StatementReading): Iterable<Finding> {
  yield* checkShape(statement);
  const conditions = readConditions(statement);
  for (const condition of conditions) {
    yield* checkConditionKey(condition, statement);
    yield* checkOperatorForKey(condition, conditions, statement);
    yield* checkConditionValues(condition, statement);
  }
}

/** Operators, each with keys, each with values. */
function* checkShape({ elements, path }: StatementReading): Iterable<Finding> {
  const { Condition: condition } = elements;
  const conditionPath = joinPath(path, 'Condition');
  if (condition === undefined) return;
  if (!isObject(condition)) {
    yield notKeys(conditionPath);
    return;
  }
  for (const [name, keys] of Object.entries(condition)) {
    const operatorPath = joinPath(conditionPath, name);
    if (findOperator(name) === undefined) yield* unknownOperator(name, operatorPath);
    if (!isObject(keys)) yield notKeys(operatorPath);
    else yield* checkKeys(keys, operatorPath);
  }
}

function* checkKeys(keys: JsonObject, path: string): Iterable<Finding> {
  const names = Object.keys(keys);
  if (names.length === 0) {
    yield error('MissingElement', path, {
      message: 'Add a condition key, or remove the operator: it compares nothing',
      korean: '조건 키를 추가하거나 연산자를 지우세요. 비교할 것이 없습니다',
    });
  }
  const seen = new Map<string, string>();
  for (const name of names) {
    const first = seen.get(name.toLowerCase());
    if (first !== undefined) yield duplicateKey(name, first, joinPath(path, name));
    seen.set(name.toLowerCase(), name);
  }
}

function* unknownOperator(name: string, path: string): Iterable<Finding> {
  if (findOperator(foldLookAlikes(name)) !== undefined) return;
  const meant = nearestWord(name, operatorNames());
  yield error('UnknownOperator', path, {
    message: meant
      ? `Replace ${quote(name)} with "${meant}": there is no such condition operator`
      : `Replace ${quote(name)}: there is no such condition operator`,
    korean: meant
      ? `${quote(name)} 연산자를 "${meant}" 연산자로 바꾸세요. 그런 조건 연산자는 없습니다`
      : `${quote(name)} 연산자를 바꾸세요. 그런 조건 연산자는 없습니다`,
  });
}

function duplicateKey(name: string, first: string, path: string): Finding {
  return error('DuplicateConditionKey', path, {
    message: `Merge ${quote(name)} into ${quote(first)}: keys that differ only in case are one key`,
    korean: `${quote(name)} 키를 ${quote(first)} 키에 합치세요. 대소문자만 다른 키는 같은 키입니다`,
  });
}

function notKeys(path: string): Finding {
  return error('WrongType', path, {
    message: 'Replace this with an object, such as {"StringEquals": {"aws:SourceVpce": "vpce-1"}}',
    korean: '{"StringEquals": {"aws:SourceVpce": "vpce-1"}} 같은 객체로 바꾸세요',
  });
}
