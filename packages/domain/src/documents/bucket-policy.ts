import type { PolicyDocument } from '@strongroom/policy';

/**
 * What no identity's policy can override: TLS, and the domain's key on every object (Amazon S3 User
 * Guide, "Bucket policy examples": requiring encryption in transit and SSE-KMS).
 */
export function bucketPolicyDocument(options: {
  readonly bucket: string;
  readonly keyArn: string;
  readonly accountId: string;
}): PolicyDocument {
  const { bucket, keyArn, accountId } = options;
  const objects = `arn:aws:s3:::${bucket}/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'OnlyOverTls', Effect: 'Deny', Principal: '*', Action: 's3:*' },
        Resource: [`arn:aws:s3:::${bucket}`, objects],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        ...{ Sid: 'OnlyThisAccount', Effect: 'Deny', Principal: '*', Action: 's3:*' },
        Resource: [`arn:aws:s3:::${bucket}`, objects],
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': accountId } },
      },
      {
        ...{ Sid: 'OnlySealedByKms', Effect: 'Deny', Principal: '*', Action: 's3:PutObject' },
        Resource: objects,
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      },
      {
        ...{ Sid: 'OnlyTheKeyOfTheDomain', Effect: 'Deny', Principal: '*' },
        ...{ Action: 's3:PutObject', Resource: objects },
        Condition: {
          StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
          // Without a key named the bucket's own is used, which is the domain's.
          Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
        },
      },
    ],
  };
}
