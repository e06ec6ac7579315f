import { callersIn, resourceTags } from '../../graph/callers.ts';
import { somebodyElseThan } from '../../graph/somebody-else.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';

export const profileTagsLocked: Question = {
  id: 'profile-tags-locked',
  group: 'access',
  title: {
    english: 'Nobody changes the tags that tell people apart',
    korean: '사용자를 구분하는 태그를 아무도 바꿀 수 없습니다',
  },
  why: {
    english:
      'Whoever may write another’s name on their own profile, or theirs on another’s, becomes the other.',
    korean: '자신의 프로필에 다른 사람의 이름을 쓸 수 있으면 그 사람이 될 수 있습니다.',
  },
  reference:
    'SageMaker AI Developer Guide, "Control access to SageMaker AI resources by using tags"',
  ask: (model) =>
    outcome(
      callersIn(model).flatMap(({ identity, person, context }) => {
        const other = somebodyElseThan(person);
        const targets = [
          { resourceArn: person.profileArn, tags: person.tags },
          { resourceArn: other.profileArn, tags: other.tags },
        ];
        return targets.flatMap(({ resourceArn, tags }) =>
          ['sagemaker:AddTags', 'sagemaker:DeleteTags'].map((action) =>
            checkRefused(
              model,
              {
                ...{ identity, action, resourceArn },
                context: { ...context, ...resourceTags('sagemaker', tags) },
              },
              {
                at: identity.resource,
                says: {
                  english: `"${identity.resource.logicalId}" may call "${action}" on a profile`,
                  korean: `"${identity.resource.logicalId}"(으)로 프로필에 "${action}" 작업을 할 수 있습니다`,
                },
              },
            ),
          ),
        );
      }),
    ),
};
