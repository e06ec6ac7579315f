import { foreignAccount } from '../../graph/foreign.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { rolesIn } from './roles-in.ts';

export const executionRolesForOwnAccount: Question = {
  id: 'execution-roles-for-own-account',
  group: 'access',
  title: {
    english: 'SageMaker acts as an execution role for this account alone',
    korean: 'SageMaker는 이 계정을 위해서만 실행 역할을 맡습니다',
  },
  why: {
    english:
      'Without aws:SourceAccount another account could have SageMaker act as the role (the confused deputy).',
    korean:
      'aws:SourceAccount 조건이 없으면 다른 계정이 SageMaker를 통해 이 역할을 사용할 수 있습니다(혼동된 대리자 문제).',
  },
  reference: 'IAM User Guide, "The confused deputy problem"',
  ask: (model) =>
    outcome(
      rolesIn(model)
        .filter(({ identity }) => identity.isExecutionRole)
        .map(({ identity, trust }) =>
          checkRefused(
            model,
            {
              principal: { kind: 'service', service: 'sagemaker.amazonaws.com' },
              ...{ action: 'sts:AssumeRole', resourceArn: identity.resource.arn ?? '*' },
              ...{ resourcePolicies: [trust], resourcePolicyRequired: true },
              context: {
                'aws:SourceAccount': foreignAccount,
                'aws:SourceArn': `arn:aws:sagemaker:us-east-1:${foreignAccount}:domain/d-theirs`,
              },
            },
            {
              ...{ at: identity.resource, path: trust.path },
              says: {
                english: 'SageMaker may act as this role for another account',
                korean: 'SageMaker가 다른 계정을 위해 이 역할을 맡을 수 있습니다',
              },
            },
          ),
        ),
    ),
};
