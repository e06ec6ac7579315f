import type { Model } from '../../graph/model.ts';
import { at } from '../../graph/resource.ts';
import { domainsIn } from '../../graph/studio.ts';
import { checkAllowed } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { rolesIn } from './roles-in.ts';

export const executionRolesAssumable: Question = {
  id: 'execution-roles-assumable',
  group: 'access',
  title: {
    english: 'SageMaker can act as the execution roles',
    korean: 'SageMaker가 실행 역할을 맡을 수 있습니다',
  },
  why: {
    english: 'It needs AssumeRole, and SetSourceIdentity where sessions name their person.',
    korean: 'AssumeRole이 필요하고, 세션에 사용자 이름을 담으려면 SetSourceIdentity도 필요합니다.',
  },
  reference:
    'SageMaker AI Developer Guide, "Monitor user resource access from Studio with sourceIdentity"',
  ask: (model) =>
    outcome(
      rolesIn(model)
        .filter(({ identity }) => identity.isExecutionRole)
        .flatMap(({ identity, trust }) =>
          neededActions(model).map((action) =>
            checkAllowed(
              model,
              {
                principal: { kind: 'service', service: 'sagemaker.amazonaws.com' },
                ...{ action, resourceArn: identity.resource.arn ?? '*' },
                ...{ resourcePolicies: [trust], resourcePolicyRequired: true },
                context: sourceOf(model),
              },
              {
                ...{ at: identity.resource, path: trust.path },
                says: {
                  english: `SageMaker may not call "${action}" for this role`,
                  korean: `SageMaker가 이 역할에 "${action}" 작업을 할 수 없습니다`,
                },
              },
            ),
          ),
        ),
    ),
};

function neededActions({ resources }: Model): readonly string[] {
  const naming = domainsIn(resources).some(
    (domain) => at(domain, 'DomainSettings.ExecutionRoleIdentityConfig') === 'USER_PROFILE_NAME',
  );
  return naming ? ['sts:AssumeRole', 'sts:SetSourceIdentity'] : ['sts:AssumeRole'];
}

function sourceOf({ resources }: Model): Record<string, string> {
  const { accountId, region, partition } = resources.surroundings;
  const [domain] = domainsIn(resources);
  return {
    'aws:SourceAccount': accountId,
    'aws:SourceArn':
      domain?.arn ?? `arn:${partition}:sagemaker:${region}:${accountId}:domain/d-any`,
    'sts:SourceIdentity': 'somebody',
  };
}
