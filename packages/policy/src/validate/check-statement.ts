import { joinPath } from '../document/copy-bounded.ts';
import { bothWording } from './both-wording.ts';
import { checkActions } from './check-actions.ts';
import { checkConditions } from './check-conditions.ts';
import { notText } from './check-document.ts';
import { checkNeverMatching } from './check-never-matching.ts';
import { checkPrincipals } from './check-principals.ts';
import { checkResourceFitsAction } from './check-resource-fits-action.ts';
import { checkResources } from './check-resources.ts';
import { error, type Finding, quote, type Wording } from './finding.ts';
import { itemsOf } from './json-values.ts';
import type { StatementReading } from './statement-reading.ts';
import { unknownElements } from './unknown-elements.ts';

const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

export function* checkStatement(statement: StatementReading): Iterable<Finding> {
  const { elements, path } = statement;
  yield* unknownElements(elements, statementElements, path);
  yield* checkEffect(statement);
  yield* checkPrincipals(statement);
  yield* checkTexts(statement, 'Action');
  yield* checkTexts(statement, 'Resource');
  yield* checkActions(statement);
  yield* checkResources(statement);
  yield* checkResourceFitsAction(statement);
  yield* checkConditions(statement);
  yield* checkNeverMatching(statement);
}

function* checkEffect({ elements, effect, path }: StatementReading): Iterable<Finding> {
  const { Effect: written } = elements;
  if (effect !== undefined) return;
  if (written === undefined) {
    yield error('MissingElement', joinPath(path, 'Effect'), {
      message: 'Add "Effect": a statement allows or denies',
      korean: '"Effect"를 추가하세요. 문은 허용하거나 거부합니다',
    });
    return;
  }
  const shown = quote(String(written));
  yield error('WrongType', joinPath(path, 'Effect'), {
    message: `Replace ${shown} with "Allow" or "Deny"`,
    korean: `${shown} 값을 "Allow" 또는 "Deny" 값으로 바꾸세요`,
  });
}

/** One of the two elements, with text in it. */
function* checkTexts(
  { elements, path, kind, trust }: StatementReading,
  element: 'Action' | 'Resource',
): Iterable<Finding> {
  const negated = `Not${element}`;
  const present = [element, negated].filter((name) => elements[name] !== undefined);
  if (present.length === 2) yield error('BothElements', path, bothWording(element));
  const optional = element === 'Resource' && kind === 'resource' && trust;
  if (present.length === 0 && !optional) {
    yield error('MissingElement', joinPath(path, element), missingWording(element));
  }
  for (const name of present) yield* checkList(elements[name], joinPath(path, name));
}

function* checkList(value: unknown, path: string): Iterable<Finding> {
  const items = itemsOf(value, path);
  if (items.length === 0) {
    yield error('MissingElement', path, {
      message: 'Add a value: an empty list names nothing',
      korean: '값을 추가하세요. 빈 목록은 아무것도 가리키지 않습니다',
    });
  }
  for (const item of items) {
    if (typeof item.value !== 'string' || item.value === '') yield notText(item.path);
  }
}

function missingWording(element: string): Wording {
  return {
    message: `Add "${element}" or "Not${element}": the statement does not say what it is about`,
    korean: `"${element}" 또는 "Not${element}"을 추가하세요. 문이 무엇에 관한 것인지 알 수 없습니다`,
  };
}
