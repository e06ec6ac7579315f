import {
  accessLogBuckets,
  algorithmPath,
  bucketKeyIdPath,
  bucketsIn,
} from '../../graph/buckets.ts';
import type { Resolved } from '../../resolve/unknown.ts';
import { checkEach, checkValue, isPresent } from '../judge.ts';
import type { Question } from '../question.ts';

export const bucketEncryptedWithKey: Question = {
  id: 'bucket-encrypted-with-key',
  group: 'storage',
  title: {
    english: 'Buckets encrypt with a key of our own unless told otherwise',
    korean: '버킷은 기본적으로 고객 관리형 키로 암호화합니다',
  },
  why: {
    english: 'Objects that a client sends without naming a key get the default of the bucket.',
    korean: '클라이언트가 키를 지정하지 않은 객체에는 버킷의 기본 암호화가 적용됩니다.',
  },
  reference:
    'Amazon S3 User Guide, "Setting default server-side encryption behavior for Amazon S3 buckets"',
  ask: ({ resources }) => {
    const logs = accessLogBuckets(resources);
    return checkEach(
      bucketsIn(resources).filter((bucket) => !logs.has(bucket)),
      (bucket) => [
        checkValue(bucket, algorithmPath, isKms, {
          english: 'The default encryption is not SSE-KMS',
          korean: '기본 암호화가 SSE-KMS가 아닙니다',
        }),
        checkValue(bucket, bucketKeyIdPath, isPresent, {
          english: 'The default encryption names no key of our own',
          korean: '기본 암호화에 고객 관리형 키가 지정되지 않았습니다',
        }),
      ],
    );
  },
};

function isKms(value: Resolved): boolean {
  return value === 'aws:kms' || value === 'aws:kms:dsse';
}
