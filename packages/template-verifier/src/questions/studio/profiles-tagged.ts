import { itemsOf } from '../../graph/resource.ts';
import { profilesIn } from '../../graph/studio.ts';
import { checkEach, checkValue } from '../judge.ts';
import type { Question } from '../question.ts';

export const profilesTagged: Question = {
  id: 'profiles-tagged',
  group: 'studio',
  title: {
    english: 'Profiles carry the tags that policies tell people apart by',
    korean: '프로필에 정책이 사용자를 구분하는 태그가 있습니다',
  },
  why: {
    english: 'A profile without tags is nobody’s, or everybody’s, by policies that compare tags.',
    korean:
      '태그를 비교하는 정책에서 태그가 없는 프로필은 누구의 것도 아니거나 모두의 것이 됩니다.',
  },
  reference:
    'SageMaker AI Developer Guide, "Control access to SageMaker AI resources by using tags"',
  ask: ({ resources }) =>
    checkEach(profilesIn(resources), (profile) =>
      checkValue(profile, 'Tags', (value) => itemsOf(value).length > 0, {
        english: 'This profile has no tags',
        korean: '이 프로필에 태그가 없습니다',
      }),
    ),
};
