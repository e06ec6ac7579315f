import type { PolicyDocument } from '@strongroom/policy';

/** What keeps the large files of repositories. The name is the account's own, also in a real S3. */
export function largeFilesBucket(accountId: string): string {
  return `strongroom-git-lfs-${accountId}`;
}

/** Whoever may see a bucket's settings may see this one's. */
const settingsReads = [
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
];

/**
 * Nobody gets at the large files by S3, whatever else allows it: who may is decided by their repository,
 * and the platform itself is asked for them.
 */
export function largeFilesBucketDocument(bucket: string): PolicyDocument {
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'ThroughRepositoriesAlone', Effect: 'Deny' },
        ...{ Principal: '*', NotAction: settingsReads, Resource: [arn, `${arn}/*`] },
      },
    ],
  };
}
