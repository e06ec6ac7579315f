import { findKey } from './find-key.ts';
import { error, type Finding, quote, type Wording } from './finding.ts';
import type { TextAtPath } from './json-values.ts';
import { canHaveKey } from './key-of-action.ts';
import { findLookAlike } from './look-alikes.ts';
import { nearestKey } from './nearest-key.ts';
import { findVariables, type WrittenVariable } from './policy-variables.ts';
import type { StatementReading } from './statement-reading.ts';

/** Does every `${…}` of a value stand for something that a request can have? */
export function* checkVariables(
  { text, path }: TextAtPath,
  statement: StatementReading,
): Iterable<Finding> {
  for (const variable of findVariables(text)) {
    const wording = statement.variables ? problemOf(variable, statement) : oldVersion(variable);
    if (wording !== undefined) yield error('UnresolvableVariable', path, wording);
  }
}

/** For values in which IAM fills in nothing: numbers, dates, addresses, principals. */
export function* checkNoVariables({ text, path }: TextAtPath): Iterable<Finding> {
  const [variable] = findVariables(text);
  if (variable === undefined) return;
  yield error('UnresolvableVariable', path, {
    message: `Write the value instead of ${quote(variable.text)}: nothing is filled in here`,
    korean: `${quote(variable.text)} 대신 값을 쓰세요. 이 자리의 변수는 채워지지 않습니다`,
  });
}

function oldVersion({ text }: WrittenVariable): Wording {
  return {
    message: `Add "Version": "2012-10-17" to the document: before it, ${quote(text)} is plain text`,
    korean: `문서에 "Version": "2012-10-17"을 쓰세요. 이전 버전에서 ${quote(text)}는 일반 글자입니다`,
  };
}

function problemOf(
  { text, key, problem }: WrittenVariable,
  statement: StatementReading,
): Wording | undefined {
  if (problem !== undefined) return shapeWording(text, problem);
  if (key === undefined || findLookAlike(key) !== undefined) return undefined;
  const found = findKey(statement.vocabulary, key);
  switch (found.kind) {
    case 'unknown':
      return unknownWording(text, nearestKey(statement.vocabulary, key));
    case 'unchecked':
    case 'claim':
      return undefined;
    case 'global':
    case 'service':
      if (found.key.multivalued) return multivaluedWording(text);
      return found.kind === 'global' || canHaveKey(statement, found.key)
        ? undefined
        : foreignWording(text);
  }
}

function shapeWording(text: string, problem: 'open' | 'empty' | 'malformed'): Wording {
  switch (problem) {
    case 'open':
      return {
        message: `Close ${quote(text)} with "}"`,
        korean: `${quote(text)} 뒤를 "}"로 닫으세요`,
      };
    case 'empty':
      return {
        message: `Name a key in ${quote(text)}, such as "\${aws:PrincipalTag/team}"`,
        korean: `${quote(text)} 안에 "\${aws:PrincipalTag/team}"처럼 키를 쓰세요`,
      };
    case 'malformed':
      return {
        message: `Write ${quote(text)} as "\${key}" or "\${key, 'default'}", without spaces in the key`,
        korean: `${quote(text)} 값을 "\${key}" 또는 "\${key, 'default'}" 꼴로 쓰세요`,
      };
  }
}

function unknownWording(text: string, meant: string | undefined): Wording {
  return {
    message: meant
      ? `Replace ${quote(text)} with "\${${meant}}": no request has such a key`
      : `Replace ${quote(text)}: no request has such a key`,
    korean: meant
      ? `${quote(text)} 변수를 "\${${meant}}" 변수로 바꾸세요. 그런 키를 가진 요청은 없습니다`
      : `${quote(text)} 변수를 바꾸세요. 그런 키를 가진 요청은 없습니다`,
  };
}

function multivaluedWording(text: string): Wording {
  return {
    message: `Replace ${quote(text)}: its key has several values, a variable stands for one`,
    korean: `${quote(text)} 변수를 바꾸세요. 값이 여럿인 키는 변수로 쓸 수 없습니다`,
  };
}

function foreignWording(text: string): Wording {
  return {
    message: `Replace ${quote(text)}: no request for the statement's actions has the key`,
    korean: `${quote(text)} 변수를 바꾸세요. 이 문의 작업을 부르는 요청에는 그 키가 없습니다`,
  };
}
