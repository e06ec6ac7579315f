import type { Role } from '@strongroom/contracts';
import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from '../domain-arns.ts';

const roles: readonly Role[] = ['administrator', 'auditor', 'data-scientist'];

/**
 * What the portal may do itself: act as a person in that person's session, and see what runs and what it
 * costs. It opens no studio: `sagemaker:CreatePresignedDomainUrl` is only the person's session's.
 */
export function portalDocument(
  arns: DomainArns,
  place: {
    readonly region: string;
    readonly accountId: string;
    readonly domainId: string;
    readonly buckets: readonly string[];
    readonly dataKeyArn: string;
  },
): PolicyDocument {
  const sageMaker = `arn:aws:sagemaker:${place.region}:${place.accountId}`;
  const within = (kind: string) => `${sageMaker}:${kind}/${place.domainId}/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'ActAsPeople', Effect: 'Allow' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Resource: roles.map((role) => arns.role(role)),
      },
      {
        ...{ Sid: 'ListWhatRuns', Effect: 'Allow', Resource: '*' },
        Action: [
          ...['sagemaker:ListApps', 'sagemaker:ListSpaces', 'sagemaker:ListUserProfiles'],
          // The domain is found by its name.
          'sagemaker:ListDomains',
          'ce:GetCostAndUsage',
        ],
      },
      {
        ...{ Sid: 'SeeAndEndWhatRuns', Effect: 'Allow' },
        Action: [
          ...['sagemaker:DescribeApp', 'sagemaker:DescribeSpace', 'sagemaker:DescribeUserProfile'],
          ...['sagemaker:DescribeDomain', 'sagemaker:DeleteApp'],
        ],
        Resource: [
          ...['app', 'space', 'user-profile'].map(within),
          `${sageMaker}:domain/${place.domainId}`,
        ],
      },
      {
        // Which person may read or write what is decided by their document before each call.
        ...{ Sid: 'ObjectsForPeople', Effect: 'Allow' },
        Action: [
          ...['s3:GetObject*', 's3:PutObject', 's3:PutObjectTagging', 's3:DeleteObject*'],
          ...['s3:ListBucket*', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        ],
        Resource: place.buckets.flatMap((bucket) => [
          `arn:aws:s3:::${bucket}`,
          `arn:aws:s3:::${bucket}/*`,
        ]),
      },
      {
        ...{ Sid: 'UseTheKeyThroughS3', Effect: 'Allow', Resource: place.dataKeyArn },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` } },
      },
    ],
  };
}
