import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from '../domain-arns.ts';

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
        ],
        Resource: arns.userProfile('*'),
      },
      {
        Sid: 'SeeAndStopApps',
        Effect: 'Allow',
        Action: ['sagemaker:DescribeApp', 'sagemaker:DeleteApp'],
        Resource: arns.app('*', '*', '*'),
      },
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
        ],
        Resource: arns.domain,
      },
    ],
  };
}
