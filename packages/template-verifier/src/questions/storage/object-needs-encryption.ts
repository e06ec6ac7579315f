import { algorithmPath, dataBuckets } from '../../graph/buckets.ts';
import type { Model } from '../../graph/model.ts';
import { at, type Resource } from '../../graph/resource.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Finding, Question } from '../question.ts';
import { uploadTo } from './upload-to.ts';

export const objectNeedsEncryption: Question = {
  id: 'object-needs-encryption',
  group: 'storage',
  title: {
    english: 'No object can be stored without the key',
    korean: '키 없이는 객체를 저장할 수 없습니다',
  },
  why: {
    english:
      'With SSE-S3, whoever may read the bucket reads the object; disabling the key changes nothing.',
    korean:
      'SSE-S3로 저장하면 버킷 읽기 권한만으로 객체를 읽을 수 있고, 키를 비활성화해도 막을 수 없습니다.',
  },
  reference: 'Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)"',
  ask: (model) =>
    checkEach(dataBuckets(model.resources), (bucket) => [
      checkRefused(
        model,
        uploadTo(model, bucket, {
          's3:x-amz-server-side-encryption': 'AES256',
        }),
        {
          at: bucket,
          says: {
            english: 'An object may be stored under SSE-S3, without the key',
            korean: '키 없이 SSE-S3로 객체를 저장할 수 있습니다',
          },
        },
      ),
      ...withoutHeaders(model, bucket),
    ]),
};

/** An object without headers gets the bucket's default: with SSE-KMS there it has the key. */
function withoutHeaders(model: Model, bucket: Resource): readonly Finding[] {
  const algorithm = at(bucket, algorithmPath);
  if (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') return [];
  const asked = uploadTo(model, bucket, {});
  const says = {
    english: 'An object without encryption headers is stored without the key',
    korean: '암호화 헤더가 없는 객체는 키 없이 저장됩니다',
  };
  return [checkRefused(model, asked, { at: bucket, says })];
}
