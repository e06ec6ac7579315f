import type { Resource } from '../../graph/resource.ts';
import type { Resources } from '../../graph/resources.ts';
import { Unknown } from '../../resolve/unknown.ts';
import { holds, outcome, undecided } from '../judge.ts';
import type { Finding, Outcome } from '../question.ts';

export function checkComplete(resources: Resources): Outcome {
  const seen = resources.all.slice(0, 1).map((resource) => holds(resource));
  return outcome([...seen, ...macros(resources), ...missing(resources)]);
}

function macros({ transforms, all }: Resources): readonly Finding[] {
  return transforms.flatMap(({ stack, transform }) => {
    const anything = all.find((resource) => resource.stack === stack);
    const unknown = new Unknown({
      english: `the macro "${transform}" rewrites template "${stack}" at deployment`,
      korean: `배포할 때 매크로 "${transform}"이(가) 템플릿 "${stack}"을(를) 다시 씁니다`,
    });
    return anything === undefined ? [] : [undecided(anything, '', unknown)];
  });
}

function missing({ missingStacks, all }: Resources): readonly Finding[] {
  return missingStacks.flatMap(({ stack, logicalId }) => {
    const nested = all.find(
      (resource: Resource) => resource.stack === stack && resource.logicalId === logicalId,
    );
    const unknown = new Unknown({
      english: `the template of nested stack "${logicalId}" was not given`,
      korean: `중첩 스택 "${logicalId}"의 템플릿이 주어지지 않았습니다`,
    });
    return nested === undefined ? [] : [undecided(nested, 'TemplateURL', unknown)];
  });
}
