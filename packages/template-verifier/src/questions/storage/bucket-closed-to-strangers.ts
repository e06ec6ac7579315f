import { bucketsIn } from '../../graph/buckets.ts';
import { anonymous, stranger } from '../../graph/foreign.ts';
import { throughEndpoint } from '../../graph/through-endpoint.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';

export const bucketClosedToStrangers: Question = {
  id: 'bucket-closed-to-strangers',
  group: 'storage',
  title: {
    english: 'Nobody outside this account reads or writes a bucket',
    korean: '이 계정 밖에서는 누구도 버킷을 읽거나 쓸 수 없습니다',
  },
  why: {
    english: 'One statement with Principal "*" gives the bucket to the world.',
    korean: 'Principal이 "*"인 문 하나로 버킷이 전 세계에 공개됩니다.',
  },
  reference: 'Amazon S3 User Guide, "Bucket policies for Amazon S3"',
  ask: (model) =>
    checkEach(bucketsIn(model.resources), (bucket) =>
      [stranger, anonymous].flatMap((principal) =>
        ['s3:GetObject', 's3:PutObject', 's3:PutBucketPolicy'].map((action) =>
          checkRefused(
            model,
            {
              ...{ principal, action, resourcePolicies: policiesOf(model, bucket) },
              resourceArn:
                action === 's3:PutBucketPolicy' ? `${bucket.arn}` : `${bucket.arn}/object`,
              context: throughEndpoint(model.resources),
            },
            {
              at: bucket,
              says: {
                english: `Somebody outside this account may call "${action}"`,
                korean: `이 계정 밖에서 "${action}" 작업을 할 수 있습니다`,
              },
            },
          ),
        ),
      ),
    ),
};
