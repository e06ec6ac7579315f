import { inside } from '../../graph/resource.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, holds, outcome, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

export const policiesUseVariables: Question = {
  id: 'policies-use-variables',
  group: 'policies',
  title: {
    english: 'Policies with variables have the version that knows them',
    korean: '변수를 쓰는 정책에 변수를 지원하는 버전이 지정되어 있습니다',
  },
  why: {
    english:
      'Without Version "2012-10-17" a variable is plain text, and the statement is about nobody.',
    korean:
      'Version이 "2012-10-17"이 아니면 변수가 일반 텍스트로 취급되어 문이 아무에게도 적용되지 않습니다.',
  },
  reference: 'IAM User Guide, "IAM JSON policy elements: Version"',
  ask: ({ policies }) =>
    outcome(
      policies.map(({ resource, path, document, unknown }) => {
        if (unknown === document && unknown !== undefined)
          return undecided(resource, path, unknown);
        const version = inside(document, 'Version');
        if (isUnknown(version)) return undecided(resource, path, version);
        const hasVariables = JSON.stringify(document ?? null).includes(`\${`);
        if (!hasVariables || version === '2012-10-17') return holds(resource, path);
        return broken(resource, path, {
          english: 'Its variables are plain text without Version "2012-10-17"',
          korean: 'Version "2012-10-17"이 없어 변수가 일반 텍스트로 취급됩니다',
        });
      }),
    ),
};
