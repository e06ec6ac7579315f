import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';

/** People, controls, evidence and approvals; no studio but one's own and nobody's files. */
export function domainAdministratorsDocument(arns: DomainArns): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AdministerProfiles',
        Effect: 'Allow',
        Action: [
          'sagemaker:CreateUserProfile',
          'sagemaker:DescribeUserProfile',
          'sagemaker:UpdateUserProfile',
          'sagemaker:DeleteUserProfile',
          'strongroom:CreateOneTimePassword',
          'strongroom:ListAccesses',
          'strongroom:DescribeEgress',
          'strongroom:RequestEgress',
          'strongroom:EndEgress',
          // Ended and looked after; what they print is their owners'.
          'strongroom:DescribeJob',
          'strongroom:CancelJob',
        ],
        Resource: arns.userProfile('*'),
      },
      {
        Sid: 'SeeAndStopApps',
        Effect: 'Allow',
        Action: ['sagemaker:DescribeApp', 'sagemaker:DeleteApp'],
        Resource: arns.app('*', '*', '*'),
      },
      { Sid: 'SeeImages', Effect: 'Allow', Action: 'sagemaker:DescribeImage', Resource: '*' },
      {
        Sid: 'RunTheDomain',
        Effect: 'Allow',
        Action: [
          'strongroom:DecideEgress',
          'strongroom:ListEgress',
          'strongroom:ListControls',
          'strongroom:ListPolicies',
          'strongroom:SimulatePolicy',
          'strongroom:ReadAuditTrail',
          'strongroom:ReadFlowLogs',
          'strongroom:ListShares',
          'strongroom:ListJobs',
          'strongroom:ListCosts',
          'strongroom:GrantBudget',
          'strongroom:DescribeMetrics',
        ],
        Resource: arns.domain,
      },
      {
        // Ended and looked after, not read: reading is for whom it was shared with.
        Sid: 'OverseeShares',
        Effect: 'Allow',
        Action: ['strongroom:RevokeShare', 'strongroom:ListShareViews'],
        Resource: arns.share('*', '*'),
      },
      {
        // Buckets as such: no statement here reads or writes what is in them.
        Sid: 'AdministerBuckets',
        Effect: 'Allow',
        Action: [
          's3:ListAllMyBuckets',
          's3:CreateBucket',
          's3:DeleteBucket',
          's3:GetBucket*',
          's3:PutBucket*',
          's3:DeleteBucketPolicy',
          's3:GetEncryptionConfiguration',
          's3:PutEncryptionConfiguration',
          's3:GetLifecycleConfiguration',
          's3:PutLifecycleConfiguration',
        ],
        Resource: '*',
      },
      {
        // Repositories as such: what is in them is for those whom their owners let in.
        Sid: 'AdministerRepositories',
        Effect: 'Allow',
        Action: [
          'codecommit:ListRepositories',
          'codecommit:CreateRepository',
          'codecommit:GetRepository',
          'codecommit:UpdateRepositoryDescription',
          'codecommit:UpdateDefaultBranch',
          'codecommit:TagResource',
          'codecommit:DeleteRepository',
          'strongroom:UpdateProtectedBranches',
        ],
        Resource: '*',
      },
      {
        Sid: 'AdministerKeys',
        Effect: 'Allow',
        Action: [
          'kms:ListKeys',
          'kms:DescribeKey',
          'kms:GetKeyPolicy',
          'kms:EnableKey',
          'kms:DisableKey',
          'kms:RotateKeyOnDemand',
          'kms:ScheduleKeyDeletion',
          'kms:CancelKeyDeletion',
        ],
        Resource: '*',
      },
    ],
  };
}
