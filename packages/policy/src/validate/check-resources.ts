import { formsOfService, formsReached } from './arn-patterns.ts';
import { arnProblem } from './arn-problem.ts';
import { checkVariables } from './check-variables.ts';
import { error, type Finding, quote, type Wording, warning } from './finding.ts';
import { type TextAtPath, textsOf } from './json-values.ts';
import { findLookAlike } from './look-alikes.ts';
import { findVariables, widenVariables } from './policy-variables.ts';
import type { StatementReading } from './statement-reading.ts';

const serviceComponent = 2;

/** Are the entries of `Resource` and `NotResource` ARNs? */
export function* checkResources(statement: StatementReading): Iterable<Finding> {
  const { elements, path, trust } = statement;
  for (const element of ['Resource', 'NotResource']) {
    if (trust && elements[element] !== undefined) yield resourceInTrust(element, path);
    for (const resource of textsOf(elements, element, path)) {
      yield* checkVariables(resource, statement);
      yield* checkArn(resource, statement);
    }
  }
}

function* checkArn(resource: TextAtPath, { vocabulary }: StatementReading): Iterable<Finding> {
  const { path, text } = resource;
  if (text === '*' || text === '' || findLookAlike(text) !== undefined) return;
  const problem = arnProblem(text, vocabulary);
  if (problem !== undefined) {
    yield error('InvalidArn', path, problem);
    return;
  }
  if (hasEarlyVariable(text)) yield error('UnresolvableVariable', path, earlyVariable(text));
  const service = vocabulary.services.get(text.split(':')[serviceComponent] ?? '');
  if (service === undefined) return;
  if (formsReached([text], formsOfService(service)).size > 0) return;
  yield warning('InvalidArn', path, {
    message: `Compare ${quote(text)} with the documentation: "${service.prefix}" has no resource of this form`,
    korean: `${quote(text)} 값을 문서와 비교하세요. "${service.prefix}" 서비스에 이런 꼴의 리소스는 없습니다`,
  });
}

/** Before the fifth colon nothing is filled in (IAM User Guide, "Resource element"). */
function hasEarlyVariable(text: string): boolean {
  const [variable] = findVariables(text);
  if (variable === undefined || variable.key === undefined) return false;
  const before = text.slice(0, text.indexOf(variable.text));
  return widenVariables(before).split(':').length <= 5;
}

function earlyVariable(text: string): Wording {
  return {
    message: `Write the value instead of the variable in ${quote(text)}: it is filled in only after the fifth colon`,
    korean: `${quote(text)}의 변수 대신 값을 쓰세요. 다섯째 콜론 뒤에서만 채워집니다`,
  };
}

function resourceInTrust(element: string, path: string): Finding {
  return error('UnknownElement', `${path}.${element}`, {
    message: `Remove "${element}": a trust policy is about the role that it is attached to`,
    korean: `"${element}" 요소를 지우세요. 신뢰 정책은 연결된 역할에 관한 것입니다`,
  });
}
