import { at } from '../../graph/resource.ts';
import { profilesIn } from '../../graph/studio.ts';
import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const singleSignOnNamesPeople: Question = {
  id: 'single-sign-on-names-people',
  group: 'studio',
  title: {
    english: 'Profiles of a domain with Identity Center name their person',
    korean: 'Identity Center 도메인의 프로필에 사용자가 지정되어 있습니다',
  },
  why: {
    english:
      'A profile without a user of Identity Center is one that nobody, or the wrong one, opens.',
    korean:
      'Identity Center 사용자가 없는 프로필은 아무도 열 수 없거나 엉뚱한 사람이 열 수 있습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Use custom setup for Amazon SageMaker AI"',
  ask: ({ resources }) =>
    checkEach(
      profilesIn(resources).filter((profile) => {
        const domain = resources.find(at(profile, 'DomainId'));
        return domain !== undefined && at(domain, 'AuthMode') === 'SSO';
      }),
      (profile) =>
        checkValue(profile, 'SingleSignOnUserValue', isPresent, {
          english: 'This profile names no user of Identity Center',
          korean: '이 프로필에 Identity Center 사용자가 없습니다',
        }),
    ),
};
