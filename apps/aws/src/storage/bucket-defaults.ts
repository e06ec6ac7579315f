import { type CfnBucket, CfnBucketPolicy, type CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const days = 7;

/** What every bucket has, whatever is in it. */
export const closed = {
  publicAccessBlockConfiguration: {
    ...{ blockPublicAcls: true, blockPublicPolicy: true },
    ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
  },
  ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
  versioningConfiguration: { status: 'Enabled' },
  lifecycleConfiguration: {
    rules: [
      {
        ...{ id: 'unfinished-uploads', status: 'Enabled' },
        abortIncompleteMultipartUpload: { daysAfterInitiation: days },
      },
    ],
  },
} satisfies CfnBucketProps;

/** SSE-KMS with a bucket key (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"). */
export function sealedUnder(keyArn: string): NonNullable<CfnBucketProps['bucketEncryption']> {
  return {
    serverSideEncryptionConfiguration: [
      {
        bucketKeyEnabled: true,
        serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
      },
    ],
  };
}

export function attachPolicy(scope: Construct, bucket: CfnBucket, policyDocument: object): void {
  new CfnBucketPolicy(scope, `${bucket.node.id}Policy`, { bucket: bucket.ref, policyDocument });
}

/** The policy of AWS's own that every bucket has; those of the domain's are rendered. */
export function onlyOverTls(bucketName: string) {
  return {
    ...{ Sid: 'OnlyOverTls', Effect: 'Deny', Principal: '*', Action: 's3:*' },
    Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  } as const;
}
