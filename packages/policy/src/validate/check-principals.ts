import { joinPath } from '../document/copy-bounded.ts';
import type { PolicyKind, PrincipalKind } from '../policy-document.ts';
import { bothWording } from './both-wording.ts';
import { notText } from './check-document.ts';
import { checkNoVariables } from './check-variables.ts';
import { error, type Finding, warning } from './finding.ts';
import { isObject, itemsOf } from './json-values.ts';
import { principalProblem } from './principal-problem.ts';
import type { StatementReading } from './statement-reading.ts';
import { unknownElements } from './unknown-elements.ts';

/** The others apply to whoever they are attached to. */
const kindsWithPrincipal: readonly PolicyKind[] = ['resource', 'endpoint'];
const principalKinds: readonly PrincipalKind[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

export function* checkPrincipals(statement: StatementReading): Iterable<Finding> {
  const { elements, path, kind } = statement;
  const present = ['Principal', 'NotPrincipal'].filter((name) => elements[name] !== undefined);
  if (!kindsWithPrincipal.includes(kind)) {
    for (const name of present) yield notAllowed(name, path);
    return;
  }
  if (present.length === 0) yield missing(path);
  if (present.length === 2) yield error('BothElements', path, bothWording('Principal'));
  if (elements.NotPrincipal !== undefined) yield* checkNotPrincipal(statement);
  for (const name of present) yield* checkElement(elements[name], joinPath(path, name), statement);
}

function* checkNotPrincipal({ path, trust, effect }: StatementReading): Iterable<Finding> {
  const elementPath = joinPath(path, 'NotPrincipal');
  if (trust) {
    yield error('PrincipalNotAllowed', elementPath, {
      message: 'Replace "NotPrincipal" with "Principal": a trust policy names who is trusted',
      korean: '"NotPrincipal"을 "Principal"로 바꾸세요. 신뢰 정책은 신뢰할 대상을 적습니다',
    });
  } else if (effect === 'Allow') {
    yield warning('AllowWithNotPrincipal', elementPath, {
      message:
        'Use "Principal": "Allow" with "NotPrincipal" lets in everyone else, anonymous callers too',
      korean:
        '"Principal"을 쓰세요. "Allow"와 "NotPrincipal"은 익명을 포함해 나머지 모두를 허용합니다',
    });
  }
}

function* checkElement(
  value: unknown,
  path: string,
  { vocabulary }: StatementReading,
): Iterable<Finding> {
  if (value === '*') return;
  if (!isObject(value) || Object.keys(value).length === 0) {
    yield error('WrongType', path, {
      message: 'Write "*" or an object such as {"AWS": "123456789012"}',
      korean: '"*" 또는 {"AWS": "123456789012"} 같은 객체를 쓰세요',
    });
    return;
  }
  yield* unknownElements(value, principalKinds, path);
  for (const kind of principalKinds) {
    const kindPath = joinPath(path, kind);
    const items = itemsOf(value[kind], kindPath);
    if (Array.isArray(value[kind]) && items.length === 0) yield notText(kindPath);
    for (const item of items) {
      if (typeof item.value !== 'string' || item.value === '') {
        yield notText(item.path);
        continue;
      }
      yield* checkNoVariables({ path: item.path, text: item.value });
      const problem = principalProblem(kind, item.value, vocabulary);
      if (problem !== undefined) yield error('InvalidPrincipal', item.path, problem);
    }
  }
}

function notAllowed(name: string, path: string): Finding {
  return error('PrincipalNotAllowed', joinPath(path, name), {
    message: `Remove "${name}": this kind of policy applies to whoever it is attached to`,
    korean: `"${name}" 요소를 지우세요. 이 종류의 정책은 연결된 대상에 적용됩니다`,
  });
}

function missing(path: string): Finding {
  return error('PrincipalMissing', joinPath(path, 'Principal'), {
    message: 'Add "Principal": this kind of policy says who is meant',
    korean: '"Principal"을 추가하세요. 이 종류의 정책은 누구에 관한 것인지 적어야 합니다',
  });
}
