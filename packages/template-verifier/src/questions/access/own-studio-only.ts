import { callersIn, resourceTags } from '../../graph/callers.ts';
import { somebodyElseThan } from '../../graph/somebody-else.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';

export const ownStudioOnly: Question = {
  id: 'own-studio-only',
  group: 'access',
  title: {
    english: 'Nobody opens another person’s studio',
    korean: '아무도 다른 사람의 스튜디오를 열 수 없습니다',
  },
  why: {
    english: 'Whoever opens a studio acts as its owner: reads their files, uses their role.',
    korean: '스튜디오를 열면 그 소유자로서 파일을 읽고 역할을 사용하게 됩니다.',
  },
  reference:
    'SageMaker AI Developer Guide, "Control access to SageMaker AI resources by using tags"',
  ask: (model) =>
    outcome(
      callersIn(model).map(({ identity, person, context }) => {
        const other = somebodyElseThan(person);
        return checkRefused(
          model,
          {
            ...{ identity, action: 'sagemaker:CreatePresignedDomainUrl' },
            resourceArn: other.profileArn,
            context: { ...context, ...resourceTags('sagemaker', other.tags) },
          },
          {
            at: identity.resource,
            says: {
              english: `"${identity.resource.logicalId}", acting for "${person.profile.reference}", opens the studio of somebody else`,
              korean: `"${identity.resource.logicalId}"(${person.profile.reference} 사용)으로 다른 사람의 스튜디오를 열 수 있습니다`,
            },
          },
        );
      }),
    ),
};
