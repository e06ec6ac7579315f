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
        Action: [
          ...['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
          ...['kms:CreateGrant', 'kms:GenerateDataKeyWithoutPlaintext'],
        ],
        Resource: '*',
      },
      {
        // What SageMaker does with the role to run a notebook. On one machine nobody answers it.
        Sid: 'WhatSageMakerTakes',
        Effect: 'Allow',
        Action: [
          ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          ...['logs:DescribeLogStreams', 'cloudwatch:PutMetricData', 'iam:PassRole'],
          ...['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability'],
          ...['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          ...['athena:*', 'glue:Get*'],
        ],
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
