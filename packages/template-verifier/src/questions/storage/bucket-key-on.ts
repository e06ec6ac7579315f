import { algorithmPath, bucketKeyPath, bucketsIn } from '../../graph/buckets.ts';
import { at } from '../../graph/resource.ts';
import { checkEach, checkValue, isTrue } from '../judge.ts';
import type { Question } from '../question.ts';

export const bucketKeyOn: Question = {
  id: 'bucket-key-on',
  group: 'storage',
  title: {
    english: 'Buckets use a bucket key',
    korean: '버킷에 버킷 키를 사용합니다',
  },
  why: {
    english: 'It saves the calls to KMS for each object, which cost money and run into limits.',
    korean: '객체마다 KMS를 호출하지 않아 비용이 줄고 요청 한도에 걸리지 않습니다.',
  },
  reference: 'Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"',
  ask: ({ resources }) =>
    checkEach(
      bucketsIn(resources).filter((bucket) => at(bucket, algorithmPath) === 'aws:kms'),
      (bucket) =>
        checkValue(bucket, bucketKeyPath, isTrue, {
          english: 'The bucket key is off',
          korean: '버킷 키가 꺼져 있습니다',
        }),
    ),
};
