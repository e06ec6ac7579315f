/** The encryption of a write, as the AWS SDK's requests name it. */
export interface EncryptionFields {
  readonly ServerSideEncryption: 'aws:kms';
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
}

/**
 * INVARIANT: every request that writes an object carries these. Without a key the header still says
 * `aws:kms`, so that the bucket's default key applies and a bucket policy that demands SSE-KMS is met.
 */
export function encryptionFields(options: {
  readonly kmsKey?: string | undefined;
  readonly bucketKeyEnabled?: boolean | undefined;
}): EncryptionFields {
  const { kmsKey, bucketKeyEnabled } = options;
  return {
    ServerSideEncryption: 'aws:kms',
    ...(kmsKey === undefined ? {} : { SSEKMSKeyId: kmsKey }),
    ...(bucketKeyEnabled === undefined ? {} : { BucketKeyEnabled: bucketKeyEnabled }),
  };
}
