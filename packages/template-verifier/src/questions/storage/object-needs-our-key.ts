import { dataBuckets } from '../../graph/buckets.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { foreignKey, uploadTo } from './upload-to.ts';

export const objectNeedsOurKey: Question = {
  id: 'object-needs-our-key',
  group: 'storage',
  title: {
    english: 'No object can be stored under another key',
    korean: '다른 키로는 객체를 저장할 수 없습니다',
  },
  why: {
    english:
      'An object under a key of somebody else is one that only they can read, or take hostage.',
    korean: '다른 사람의 키로 저장된 객체는 그 사람만 읽을 수 있고, 인질로 잡힐 수도 있습니다.',
  },
  reference: 'Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)"',
  ask: (model) =>
    checkEach(dataBuckets(model.resources), (bucket) =>
      checkRefused(
        model,
        uploadTo(model, bucket, {
          's3:x-amz-server-side-encryption': 'aws:kms',
          's3:x-amz-server-side-encryption-aws-kms-key-id': foreignKey,
        }),
        {
          at: bucket,
          says: {
            english: 'An object may be stored under a key of another account',
            korean: '다른 계정의 키로 객체를 저장할 수 있습니다',
          },
        },
      ),
    ),
};
