import { at } from '../../graph/resource.ts';
import { profilesIn } from '../../graph/studio.ts';
import type { Resolved } from '../../resolve/unknown.ts';
import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

const rolePath = 'UserSettings.ExecutionRole';

export const executionRolePerPerson: Question = {
  id: 'execution-role-per-person',
  group: 'studio',
  title: {
    english: 'Each person’s notebooks act as a role of their own',
    korean: '사용자마다 자신의 실행 역할이 있습니다',
  },
  why: {
    english:
      'With one role for all, everybody may do whatever one of them may, and no trail parts them.',
    korean:
      '모두가 하나의 역할을 쓰면 한 사람의 권한을 모두가 갖게 되고, 감사 추적에서도 구분되지 않습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "SageMaker AI execution roles"',
  ask: ({ resources }) => {
    const holders = new Map<Resolved, number>();
    for (const profile of profilesIn(resources)) {
      const role = at(profile, rolePath);
      holders.set(role, (holders.get(role) ?? 0) + 1);
    }
    return checkEach(profilesIn(resources), (profile) =>
      checkValue(profile, rolePath, (role) => isPresent(role) && holders.get(role) === 1, {
        english: 'This profile has no role of its own',
        korean: '이 프로필에 전용 실행 역할이 없습니다',
      }),
    );
  },
};
