import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';

const reading = [
  'sagemaker:DescribeDomain',
  'sagemaker:DescribeUserProfile',
  'sagemaker:DescribeApp',
  'sagemaker:ListUserProfiles',
  'sagemaker:ListApps',
  'sagemaker:ListImages',
  'sagemaker:DescribeImage',
  'strongroom:ListAccesses',
  'strongroom:DescribeEgress',
  'strongroom:ListEgress',
  'strongroom:ListControls',
  'strongroom:ListPolicies',
  'strongroom:SimulatePolicy',
  'strongroom:ReadAuditTrail',
  'strongroom:ReadFlowLogs',
  'strongroom:ListShares',
  'strongroom:ListShareViews',
  'strongroom:ListJobs',
  'strongroom:DescribeJob',
  'strongroom:ListCosts',
  'strongroom:DescribeMetrics',
  'codecommit:ListRepositories',
  'codecommit:GetRepository',
  's3:ListAllMyBuckets',
  's3:GetBucketPolicy',
  's3:GetEncryptionConfiguration',
  'kms:ListKeys',
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
] as const;

const isOfAws = (action: string) => /^(?:codecommit|s3|kms):/.test(action);

/** Everything about the domain may be read and nothing changed. People's files are not evidence. */
export function domainAuditorsDocument(arns: DomainArns): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ListEverything',
        Effect: 'Allow',
        Action: [
          ...['sagemaker:ListUserProfiles', 'sagemaker:ListApps'],
          ...['sagemaker:ListImages', 'sagemaker:DescribeImage'],
        ],
        Resource: '*',
      },
      {
        Sid: 'ReadEverything',
        Effect: 'Allow',
        Action: reading.filter(
          (action) => !/^sagemaker:(?:List|DescribeImage)/.test(action) && !isOfAws(action),
        ),
        Resource: [
          ...[arns.domain, arns.userProfile('*'), arns.app('*', '*', '*')],
          arns.share('*', '*'),
        ],
      },
      { Sid: 'SeeBucketsAndKeys', Effect: 'Allow', Action: reading.filter(isOfAws), Resource: '*' },
      { Sid: 'ChangeNothing', Effect: 'Deny', NotAction: [...reading], Resource: '*' },
    ],
  };
}
