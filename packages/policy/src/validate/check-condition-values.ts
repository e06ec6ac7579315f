import { readNetwork } from '../conditions/ip-address.ts';
import { arnProblem } from './arn-problem.ts';
import { checkNoVariables, checkVariables } from './check-variables.ts';
import { error, type Finding, type FindingCode, quote, type Wording, warning } from './finding.ts';
import { hasHostBits } from './host-bits.ts';
import type { TextAtPath, ValueAtPath } from './json-values.ts';
import { findVariables } from './policy-variables.ts';
import type { ConditionReading, OperatorFamily } from './read-conditions.ts';
import type { StatementReading } from './statement-reading.ts';

/** Can the operator read the values that it is to compare with? */
export function* checkConditionValues(
  condition: ConditionReading,
  statement: StatementReading,
): Iterable<Finding> {
  if (condition.values.length === 0) {
    yield error('MissingElement', condition.path, {
      message: `Add a value for ${quote(condition.key)}: an empty list is met by no value`,
      korean: `${quote(condition.key)} 키에 값을 추가하세요. 빈 목록에 맞는 값은 없습니다`,
    });
  }
  for (const item of condition.values) {
    if (isScalar(item)) yield* checkValue(item, condition, statement);
    else yield error('WrongType', item.path, notScalar);
  }
}

function* checkValue(
  { path, value }: ValueAtPath,
  condition: ConditionReading,
  statement: StatementReading,
): Iterable<Finding> {
  const item: TextAtPath = { path, text: String(value) };
  switch (condition.family) {
    case 'String':
      yield* checkVariables(item, statement);
      yield* checkWildcard(item, condition);
      return;
    case 'Arn':
      yield* checkVariables(item, statement);
      yield* checkArn(item, statement);
      return;
    case 'Numeric':
    case 'Date':
    case 'Bool':
    case 'Binary':
    case 'IpAddress':
    case 'Null':
      yield* findVariables(item.text).length > 0
        ? checkNoVariables(item)
        : checkReadable(item, condition);
  }
}

function* checkReadable(
  { path, text }: TextAtPath,
  { family, operator }: ConditionReading,
): Iterable<Finding> {
  const readable =
    operator.compileOperand === undefined
      ? /^(?:true|false)$/i.test(text)
      : operator.compileOperand(text, { variables: false }) !== undefined;
  if (!readable) {
    const { code, english, korean } = expected[family];
    yield error(code, path, {
      message: `Replace ${quote(text)} with ${english}`,
      korean: `${quote(text)} 값을 ${korean} 값으로 바꾸세요`,
    });
  } else if (family === 'IpAddress') {
    yield* checkHostBits({ path, text });
  }
}

interface Expectation {
  readonly code: FindingCode;
  readonly english: string;
  readonly korean: string;
}

const trueOrFalse: Expectation = {
  code: 'WrongType',
  english: '"true" or "false"',
  korean: '"true" 또는 "false"',
};
const anyText: Expectation = { code: 'WrongType', english: 'text', korean: '글자' };
const expected: Readonly<Record<OperatorFamily, Expectation>> = {
  Date: {
    code: 'InvalidDate',
    english: 'a date such as "2026-01-31T09:00:00Z", or seconds since 1970',
    korean: '"2026-01-31T09:00:00Z" 같은 날짜 또는 1970년부터의 초',
  },
  IpAddress: {
    code: 'InvalidCidr',
    english: 'a range such as "203.0.113.0/24" or "2001:db8::/32"',
    korean: '"203.0.113.0/24" 또는 "2001:db8::/32" 같은 주소 범위',
  },
  Numeric: { code: 'WrongType', english: 'a number', korean: '숫자' },
  Binary: { code: 'WrongType', english: 'text in base64', korean: 'base64' },
  Bool: trueOrFalse,
  Null: trueOrFalse,
  String: anyText,
  Arn: anyText,
};

function* checkHostBits({ path, text }: TextAtPath): Iterable<Finding> {
  const network = readNetwork(text);
  if (network === undefined || !hasHostBits(network)) return;
  yield warning('InvalidCidr', path, {
    message: `Write the network's own address instead of ${quote(text)}: the bits after the prefix do not count`,
    korean: `${quote(text)} 대신 네트워크 주소를 쓰세요. 접두사 뒤의 비트는 무시됩니다`,
  });
}

function* checkArn({ path, text }: TextAtPath, statement: StatementReading): Iterable<Finding> {
  const [variable] = findVariables(text);
  if (text === '*' || (variable !== undefined && variable.text === text)) return;
  const problem = arnProblem(text, statement.vocabulary);
  if (problem !== undefined) yield error('InvalidArn', path, problem);
}

function* checkWildcard(
  { path, text }: TextAtPath,
  condition: ConditionReading,
): Iterable<Finding> {
  if (condition.base.endsWith('like') || !/[*?]/.test(withoutVariables(text))) return;
  const like = condition.operator.negated ? 'StringNotLike' : 'StringLike';
  yield warning('WildcardIsLiteral', path, {
    message: `Use "${like}" for ${quote(text)}: to "${condition.operatorName}" a wildcard is plain text`,
    korean: `${quote(text)} 값에는 "${like}" 연산자를 쓰세요. "${condition.operatorName}"에서 와일드카드는 일반 글자입니다`,
  });
}

function withoutVariables(text: string): string {
  return findVariables(text).reduce((rest, variable) => rest.replace(variable.text, ''), text);
}

const notScalar: Wording = {
  message: 'Replace this value with text, a number, true or false',
  korean: '글자, 숫자, true 또는 false로 바꾸세요',
};

function isScalar({ value }: ValueAtPath): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
