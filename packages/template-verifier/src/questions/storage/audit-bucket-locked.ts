import { auditBuckets } from '../../graph/buckets.ts';
import { checkEach, checkValue, isPresent, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const auditBucketLocked: Question = {
  id: 'audit-bucket-locked',
  group: 'storage',
  title: {
    english: 'Evidence cannot be deleted before its time',
    korean: '증적은 보존 기간이 끝나기 전에 삭제할 수 없습니다',
  },
  why: {
    english: 'Whoever did something wrong would delete the log of it first.',
    korean: '문제를 일으킨 사람은 가장 먼저 로그를 삭제하려 할 것입니다.',
  },
  reference: 'Amazon S3 User Guide, "Locking objects with Object Lock"',
  ask: ({ resources }) =>
    checkEach([...auditBuckets(resources)], (bucket) => [
      checkValue(bucket, 'ObjectLockEnabled', isTrue, {
        english: 'Object lock is off',
        korean: '객체 잠금이 꺼져 있습니다',
      }),
      checkValue(bucket, 'ObjectLockConfiguration.Rule.DefaultRetention.Mode', isPresent, {
        english: 'Object lock keeps nothing by default',
        korean: '객체 잠금의 기본 보존 기간이 없습니다',
      }),
    ]),
};
