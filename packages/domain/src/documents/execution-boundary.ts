import type { PolicyDocument } from '@strongroom/policy';

/**
 * The most that any notebook may ever do, whatever is attached to its role (IAM User Guide,
 * "Permissions boundaries for IAM entities"): the services of the domain, and there nothing about
 * other people.
 */
export function executionBoundaryDocument(): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ServicesOfTheDomain',
        Effect: 'Allow',
        Action: [
          ...['sagemaker:*', 'strongroom:*', 'sts:GetCallerIdentity', 's3:*'],
          ...['codecommit:GitPull', 'codecommit:GitPush'],
        ],
        Resource: '*',
      },
      {
        Sid: 'KeysForUseAlone',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        Resource: '*',
      },
      {
        Sid: 'NotebooksAdministerNobody',
        Effect: 'Deny',
        Action: [
          'sagemaker:CreatePresignedDomainUrl',
          'sagemaker:CreateUserProfile',
          'sagemaker:UpdateUserProfile',
          'sagemaker:DeleteUserProfile',
          'strongroom:CreateOneTimePassword',
          'strongroom:RequestEgress',
          'strongroom:EndEgress',
          'strongroom:DecideEgress',
        ],
        Resource: '*',
      },
    ],
  };
}
