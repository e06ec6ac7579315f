import type { Acceptance } from '@strongroom/template-verifier';

/** What CloudFormation cannot do for this domain, and where it is done instead. */
export const acceptances: readonly Acceptance[] = [
  {
    questionId: 'default-group-closed',
    reason: {
      english:
        'CloudFormation cannot empty the default group. "strongroom aws deploy" does so before anybody is let in, and "strongroom aws check" looks.',
      korean:
        'CloudFormation으로는 기본 보안 그룹을 비울 수 없습니다. "strongroom aws deploy"가 사용자를 들이기 전에 비우고, "strongroom aws check"가 확인합니다.',
    },
  },
];
