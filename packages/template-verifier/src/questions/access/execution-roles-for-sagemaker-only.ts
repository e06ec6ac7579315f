import { powerfulColleague } from '../../graph/foreign.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { rolesIn } from './roles-in.ts';

export const executionRolesForSagemakerOnly: Question = {
  id: 'execution-roles-for-sagemaker-only',
  group: 'access',
  title: {
    english: 'SageMaker alone acts as an execution role',
    korean: 'SageMaker만 실행 역할을 맡을 수 있습니다',
  },
  why: {
    english:
      'Whoever may assume it has a person’s data without their studio, and without the trail naming them.',
    korean: '실행 역할을 직접 맡으면 스튜디오를 거치지 않고 그 사람의 데이터에 접근할 수 있습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "SageMaker AI execution roles"',
  ask: (model) =>
    outcome(
      rolesIn(model)
        .filter(({ identity }) => identity.isExecutionRole)
        .flatMap(({ identity, trust }) =>
          [
            powerfulColleague(model.resources.surroundings.accountId),
            { kind: 'service', service: 'ec2.amazonaws.com' } as const,
            { kind: 'service', service: 'lambda.amazonaws.com' } as const,
          ].map((principal) =>
            checkRefused(
              model,
              {
                ...{
                  principal,
                  action: 'sts:AssumeRole',
                  resourceArn: identity.resource.arn ?? '*',
                },
                ...{ resourcePolicies: [trust], resourcePolicyRequired: true },
                context: { 'aws:SourceAccount': model.resources.surroundings.accountId },
              },
              {
                ...{ at: identity.resource, path: trust.path },
                says: {
                  english: 'Others than SageMaker may assume this role',
                  korean: 'SageMaker가 아닌 다른 주체도 이 역할을 맡을 수 있습니다',
                },
              },
            ),
          ),
        ),
    ),
};
