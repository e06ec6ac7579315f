/**
 * What a decision of the control plane may be about, and on which kind of resource. SageMaker's own
 * names where SageMaker has the action (Service Authorization Reference, "Amazon SageMaker AI");
 * `strongroom:` for what AWS has no word for.
 */
export const resourceKindOfAction = {
  'sagemaker:CreatePresignedDomainUrl': 'user-profile',
  'sagemaker:DescribeUserProfile': 'user-profile',
  'sagemaker:CreateUserProfile': 'user-profile',
  'sagemaker:UpdateUserProfile': 'user-profile',
  'sagemaker:DeleteUserProfile': 'user-profile',
  'sagemaker:CreateApp': 'app',
  'sagemaker:DescribeApp': 'app',
  'sagemaker:DeleteApp': 'app',
  'sagemaker:DescribeDomain': 'domain',
  'sagemaker:ListUserProfiles': 'any',
  'sagemaker:ListApps': 'any',
  'sagemaker:ListImages': 'any',
  'sagemaker:DescribeImage': 'any',
  'strongroom:CreateOneTimePassword': 'user-profile',
  'strongroom:ListHomeFiles': 'user-profile',
  'strongroom:ReadHomeFile': 'user-profile',
  'strongroom:ListAccesses': 'user-profile',
  'strongroom:DescribeStudio': 'user-profile',
  'strongroom:DescribeEgress': 'user-profile',
  'strongroom:RequestEgress': 'user-profile',
  'strongroom:EndEgress': 'user-profile',
  'strongroom:DecideEgress': 'domain',
  'strongroom:ListEgress': 'domain',
  'strongroom:ListControls': 'domain',
  'strongroom:ListPolicies': 'domain',
  'strongroom:SimulatePolicy': 'domain',
  'strongroom:ReadAuditTrail': 'domain',
  'strongroom:ReadFlowLogs': 'domain',
  'strongroom:CreateShare': 'share',
  'strongroom:GetShare': 'share',
  'strongroom:UpdateShare': 'share',
  'strongroom:RevokeShare': 'share',
  'strongroom:ListShareViews': 'share',
  'strongroom:CommentShare': 'share',
  'strongroom:ListShares': 'domain',
  'strongroom:CreateJob': 'user-profile',
  'strongroom:DescribeJob': 'user-profile',
  'strongroom:ReadJobLog': 'user-profile',
  'strongroom:CancelJob': 'user-profile',
  'strongroom:ListJobs': 'domain',
  'strongroom:DescribeCost': 'user-profile',
  'strongroom:ListCosts': 'domain',
  'strongroom:GrantBudget': 'domain',
  'strongroom:DescribeMetrics': 'domain',
  'codecommit:ListRepositories': 'any',
  'codecommit:CreateRepository': 'repository',
  'codecommit:GetRepository': 'repository',
  'codecommit:GitPull': 'repository',
  'codecommit:GitPush': 'repository',
  'codecommit:ListBranches': 'repository',
  'codecommit:GetFolder': 'repository',
  'codecommit:GetFile': 'repository',
  'codecommit:GetCommit': 'repository',
  'codecommit:GetDifferences': 'repository',
  'codecommit:UpdateRepositoryDescription': 'repository',
  'codecommit:UpdateDefaultBranch': 'repository',
  'codecommit:TagResource': 'repository',
  'codecommit:DeleteRepository': 'repository',
  'strongroom:UpdateProtectedBranches': 'repository',
  's3:ListAllMyBuckets': 'any',
  's3:GetBucketPolicy': 'any',
  'kms:ListKeys': 'any',
  'kms:DescribeKey': 'any',
  'kms:EnableKey': 'any',
  'kms:DisableKey': 'any',
  'kms:RotateKeyOnDemand': 'any',
  'kms:ScheduleKeyDeletion': 'any',
  'kms:CancelKeyDeletion': 'any',
} as const satisfies Readonly<Record<string, ResourceKind>>;

/** `any`: the action works on no resource in particular; IAM's resource is `*`. */
type ResourceKind = 'user-profile' | 'app' | 'share' | 'domain' | 'repository' | 'any';

export type Action = keyof typeof resourceKindOfAction;

/** On one share. */
export type ShareAction = {
  [Name in Action]: (typeof resourceKindOfAction)[Name] extends 'share' ? Name : never;
}[Action];
