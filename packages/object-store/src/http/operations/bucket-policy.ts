import { S3Error } from '../../s3-error.ts';
import { noContent, type S3Answer } from '../s3-answer.ts';
import type { BucketOperation, S3Call } from '../s3-call.ts';
import { writeXml } from '../xml/write-xml.ts';
import { readTextBody } from '../xml-body.ts';

const limitBytes = 20 * 1024;

export const getBucketPolicy: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'GetBucketPolicy', bucket }],
  async run(): Promise<S3Answer> {
    const text = await currentPolicy(call, bucket);
    return { status: 200, headers: { 'content-type': 'application/json' }, text };
  },
});

export const putBucketPolicy: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'PutBucketPolicy', bucket }],
  async run() {
    const { store, caller, service } = call;
    const policy = await readTextBody(call, { limitBytes });
    if (policy === '') throw new S3Error('MissingRequestBodyError', 'Request Body is empty');
    const verdict = await service.checkBucketPolicy({ policy, bucket });
    if (verdict.problem !== undefined) throw new S3Error('MalformedPolicy', verdict.problem);
    const { settings } = await call.bucketInfo(bucket);
    if (verdict.isPublic && settings.publicAccessBlock?.blockPublicPolicy === true) {
      throw new S3Error(
        'AccessDenied',
        'public policies are blocked by the BlockPublicPolicy block public access setting',
      );
    }
    await store.putBucketSetting({ bucket, caller, setting: 'policy', value: policy });
    return noContent;
  },
});

export const deleteBucketPolicy: BucketOperation = ({ store, caller }, { bucket }) => ({
  permissions: [{ action: 'DeleteBucketPolicy', bucket }],
  async run() {
    await store.deleteBucketSetting({ bucket, caller, setting: 'policy' });
    return noContent;
  },
});

export const getBucketPolicyStatus: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'GetBucketPolicyStatus', bucket }],
  async run(): Promise<S3Answer> {
    const policy = await currentPolicy(call, bucket);
    const verdict = await call.service.checkBucketPolicy({ policy, bucket });
    const isPublic = verdict.problem === undefined && verdict.isPublic;
    return { status: 200, text: writeXml('PolicyStatus', [['IsPublic', isPublic]]) };
  },
});

async function currentPolicy({ store, caller }: S3Call, bucket: string): Promise<string> {
  const policy = await store.getBucketSetting({ bucket, caller, setting: 'policy' });
  if (policy !== undefined) return policy;
  throw new S3Error('NoSuchBucketPolicy', 'The bucket policy does not exist', {
    details: { BucketName: bucket },
  });
}
