import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';
import { principalTag, profileTag } from './tags.ts';

/** What the control plane puts on its own requests to the bucket of shared notebooks, and nobody else can. */
export const sharingService = 'sharing.strongroom';

const own = `\${${principalTag(profileTag)}}`;
const throughSharing = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': sharingService } };

interface SharingPlace {
  readonly bucket: string;
  readonly region: string;
  readonly accountId: string;
}

/** One's own shares are one's own; what others share is given by each share's own policy. */
export function sharingAccessDocument(
  arns: DomainArns,
  { bucket, region, accountId }: SharingPlace,
): PolicyDocument {
  const objects = `arn:aws:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ManageOwnShares',
        Effect: 'Allow',
        Action: [
          'strongroom:CreateShare',
          'strongroom:GetShare',
          'strongroom:UpdateShare',
          'strongroom:RevokeShare',
          'strongroom:ListShareViews',
          'strongroom:CommentShare',
        ],
        Resource: arns.share(own, '*'),
      },
      {
        ...{ Sid: 'WriteBelowOwnName', Effect: 'Allow', Action: 's3:PutObject' },
        Resource: `${objects}/${own}/*`,
        Condition: throughSharing,
      },
      {
        ...{ Sid: 'ReadThroughSharing', Effect: 'Allow', Action: 's3:GetObject' },
        Resource: `${objects}/*`,
        Condition: throughSharing,
      },
      {
        ...{ Sid: 'UseKeysThroughS3', Effect: 'Allow' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: `arn:aws:kms:${region}:${accountId}:key/*`,
        Condition: {
          StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
          ArnLike: { 'kms:EncryptionContext:aws:s3:arn': [objects, `${objects}/*`] },
        },
      },
    ],
  };
}

/** Whoever may see a bucket's settings may see this one's; nothing else is done past the service. */
const settingsReads = [
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
];

/**
 * The bucket of shared notebooks: what no identity's policy can override. AWS documents
 * `aws:CalledVia` for services that act for a principal (IAM User Guide, "AWS global condition
 * context keys"); here the sharing service is one.
 */
export function sharingBucketDocument(bucket: string): PolicyDocument {
  const objects = `arn:aws:s3:::${bucket}/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'OnlyThroughSharing', Effect: 'Deny', Principal: '*', NotAction: settingsReads },
        Resource: [`arn:aws:s3:::${bucket}`, objects],
        // Also where the key is not there: ForAllValues holds for no value at all.
        Condition: { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': sharingService } },
      },
      {
        ...{ Sid: 'OnlyBelowOwnName', Effect: 'Deny', Principal: '*', Action: 's3:PutObject' },
        NotResource: `arn:aws:s3:::${bucket}/${own}/*`,
      },
    ],
  };
}
