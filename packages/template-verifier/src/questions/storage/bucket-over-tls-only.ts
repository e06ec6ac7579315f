import { bucketsIn } from '../../graph/buckets.ts';
import { throughEndpoint } from '../../graph/through-endpoint.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { sealedFor } from './upload-to.ts';
import { worstCaller } from './worst-caller.ts';

export const bucketOverTlsOnly: Question = {
  id: 'bucket-over-tls-only',
  group: 'storage',
  title: {
    english: 'Buckets answer over TLS alone',
    korean: '버킷은 TLS로만 응답합니다',
  },
  why: {
    english: 'Over plain HTTP, data and signatures can be read on the way.',
    korean: '평문 HTTP로는 전송 중에 데이터와 서명이 노출될 수 있습니다.',
  },
  reference: 'Amazon S3 User Guide, "Security best practices for Amazon S3"',
  ask: (model) =>
    checkEach(bucketsIn(model.resources), (bucket) => {
      const { objectArn, ...caller } = worstCaller(model, bucket);
      return ['s3:GetObject', 's3:PutObject', 's3:ListBucket'].map((action) =>
        checkRefused(
          model,
          {
            ...{ ...caller, action },
            resourceArn: action === 's3:ListBucket' ? `${bucket.arn}` : objectArn,
            // In order but for the transport, so that no other denial answers.
            context: {
              ...caller.context,
              ...throughEndpoint(model.resources),
              ...sealedFor(model, bucket),
              'aws:SecureTransport': 'false',
            },
          },
          {
            at: bucket,
            says: {
              english: `"${action}" is answered over plain HTTP`,
              korean: `평문 HTTP로 "${action}" 작업을 할 수 있습니다`,
            },
          },
        ),
      );
    }),
};
