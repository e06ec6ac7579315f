import type { ProfileName } from '@strongroom/contracts';
import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';

/** What one person's notebooks and terminals may do with the credentials that they are given. */
export function executionRoleDocument(
  arns: DomainArns,
  {
    profileName,
    bucketStatements,
    repositoryStatements,
  }: {
    readonly profileName: ProfileName;
    readonly bucketStatements: readonly PolicyStatement[];
    readonly repositoryStatements: readonly PolicyStatement[];
  },
): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KnowWhoOneIs',
        Effect: 'Allow',
        Action: 'sts:GetCallerIdentity',
        Resource: '*',
      },
      {
        Sid: 'DescribeOwnStudio',
        Effect: 'Allow',
        Action: 'strongroom:DescribeStudio',
        Resource: arns.userProfile(profileName),
      },
      {
        Sid: 'StartOwnKernels',
        Effect: 'Allow',
        Action: ['sagemaker:CreateApp', 'sagemaker:DescribeApp', 'sagemaker:DeleteApp'],
        Resource: arns.app(profileName, 'KernelGateway', '*'),
      },
      ...bucketStatements,
      ...repositoryStatements,
    ],
  };
}
