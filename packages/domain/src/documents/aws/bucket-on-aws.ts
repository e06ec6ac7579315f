import type { PolicyStatement } from '@strongroom/policy';

/** What reads, lists or changes objects; whoever administers a bucket does so from anywhere. */
const objectActions = [
  ...['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*', 's3:RestoreObject'],
  ...['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  ...['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
];

/**
 * Objects are reached from inside alone (Amazon S3 User Guide, "Controlling access from VPC endpoints
 * with bucket policies"). What comes through no endpoint has no `aws:SourceVpce` and is denied. Where
 * the domain queries with Athena, which reads on a person's behalf, calls through it are let by.
 */
export function onlyThroughEndpoints(options: {
  readonly bucket: string;
  readonly endpointIds: readonly string[];
  readonly hasAthena: boolean;
}): PolicyStatement {
  const { bucket, endpointIds, hasAthena } = options;
  return {
    ...{ Sid: 'OnlyThroughEndpoints', Effect: 'Deny', Principal: '*', Action: objectActions },
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: {
      StringNotEquals: { 'aws:SourceVpce': [...endpointIds] },
      ...(hasAthena
        ? { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }
        : {}),
    },
  };
}
