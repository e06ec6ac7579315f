import { domainsIn } from '../../graph/studio.ts';
import { checkEach, checkValue, equals } from '../judge.ts';
import type { Question } from '../question.ts';

export const sessionNamesItsPerson: Question = {
  id: 'session-names-its-person',
  group: 'studio',
  title: {
    english: 'Sessions of notebooks name their person',
    korean: '노트북 세션에 사용자 이름이 표시됩니다',
  },
  why: {
    english: 'The trail then says who did something, and not only which role.',
    korean: '감사 추적에 역할뿐 아니라 누가 작업했는지 남습니다.',
  },
  reference:
    'SageMaker AI Developer Guide, "Monitor user resource access from Studio with sourceIdentity"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkValue(
        domain,
        'DomainSettings.ExecutionRoleIdentityConfig',
        equals('USER_PROFILE_NAME'),
        {
          english: 'Sessions do not carry the profile’s name',
          korean: '세션에 프로필 이름이 담기지 않습니다',
        },
      ),
    ),
};
