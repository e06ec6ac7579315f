import { error, type Finding, quote, warning } from './finding.ts';
import { isObject, type JsonObject } from './json-values.ts';
import { unknownElements } from './unknown-elements.ts';

const documentElements = ['Version', 'Id', 'Statement'];

/** The elements around the statements. */
export function* checkDocument(document: unknown): Iterable<Finding> {
  if (!isObject(document)) {
    yield error('WrongType', '', {
      message: 'Give an object with "Version" and "Statement": a policy document is one',
      korean: '"Version"과 "Statement"를 가진 객체를 주세요. 정책 문서는 객체입니다',
    });
    return;
  }
  yield* unknownElements(document, documentElements, '');
  yield* checkVersion(document);
  if (document.Id !== undefined && typeof document.Id !== 'string') yield notText('Id');
  yield* checkStatements(document);
}

function* checkVersion({ Version: version }: JsonObject): Iterable<Finding> {
  if (version === undefined) {
    yield warning('MissingElement', 'Version', {
      message: 'Add "Version": "2012-10-17": without it "${…}" is plain text',
      korean: '"Version": "2012-10-17"을 추가하세요. 없으면 "${…}"는 일반 글자입니다',
    });
  } else if (version !== '2012-10-17' && version !== '2008-10-17') {
    yield error('WrongType', 'Version', {
      message: `Replace ${quote(String(version))} with "2012-10-17": there is no such version`,
      korean: `${quote(String(version))} 값을 "2012-10-17" 값으로 바꾸세요. 그런 버전은 없습니다`,
    });
  }
}

function* checkStatements({ Statement: statement }: JsonObject): Iterable<Finding> {
  if (isObject(statement)) return;
  if (statement === undefined || (Array.isArray(statement) && statement.length === 0)) {
    yield error('MissingElement', 'Statement', {
      message: 'Add a statement to "Statement": a policy without one says nothing',
      korean: '"Statement"에 문을 추가하세요. 문이 없는 정책은 아무것도 정하지 않습니다',
    });
    return;
  }
  const items: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  for (const [index, item] of items.entries()) {
    if (isObject(item)) continue;
    const path = Array.isArray(statement) ? `Statement[${index}]` : 'Statement';
    yield error('WrongType', path, {
      message: 'Replace this with an object: a statement has elements such as "Effect"',
      korean: '객체로 바꾸세요. 문은 "Effect" 같은 요소를 가집니다',
    });
  }
}

export function notText(path: string): Finding {
  return error('WrongType', path, {
    message: 'Replace this value with text in quotation marks',
    korean: '따옴표로 묶은 글자로 바꾸세요',
  });
}
