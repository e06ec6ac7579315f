import { checkAllowed } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { openersIn, ownProfile } from './openers.ts';

export const ownStudioOpens: Question = {
  id: 'own-studio-opens',
  group: 'access',
  title: {
    english: 'People open their own studio through the endpoint',
    korean: '누구나 엔드포인트를 통해 자신의 스튜디오를 열 수 있습니다',
  },
  why: {
    english: 'A condition that is written the wrong way round locks everybody out.',
    korean: '조건이 거꾸로 되어 있으면 아무도 들어갈 수 없습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect to Studio through an interface VPC endpoint"',
  ask: (model) =>
    outcome(
      openersIn(model).map(({ caller }) =>
        checkAllowed(model, ownProfile(caller, caller.context), {
          at: caller.identity.resource,
          says: {
            english: `"${caller.identity.resource.logicalId}" cannot open the studio of "${caller.person.profile.reference}" through the endpoint`,
            korean: `"${caller.identity.resource.logicalId}"(으)로 엔드포인트를 통해 "${caller.person.profile.reference}"의 스튜디오를 열 수 없습니다`,
          },
        }),
      ),
    ),
};
