import { bucketsIn } from '../../graph/buckets.ts';
import { checkEach, checkValue, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

const settings = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;

export const bucketPublicAccessBlocked: Question = {
  id: 'bucket-public-access-blocked',
  group: 'storage',
  title: {
    english: 'No bucket can be made public',
    korean: '어떤 버킷도 퍼블릭으로 만들 수 없습니다',
  },
  why: {
    english: 'The four settings overrule every policy and list that somebody attaches later.',
    korean: '이 네 가지 설정은 나중에 추가되는 어떤 정책이나 ACL보다 우선합니다.',
  },
  reference: 'Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage"',
  ask: ({ resources }) =>
    checkEach(bucketsIn(resources), (bucket) =>
      settings.map((setting) =>
        checkValue(bucket, `PublicAccessBlockConfiguration.${setting}`, isTrue, {
          english: `"${setting}" is off`,
          korean: `"${setting}" 설정이 꺼져 있습니다`,
        }),
      ),
    ),
};
