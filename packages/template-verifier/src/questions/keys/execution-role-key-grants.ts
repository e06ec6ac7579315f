import { notInTemplates } from '../../graph/foreign.ts';
import { at, type Resource } from '../../graph/resource.ts';
import { domainsIn, keyOf } from '../../graph/studio.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { studioRoleArns } from '../../policies/studio-roles.ts';
import { isUnknown, type Resolved } from '../../resolve/unknown.ts';
import { checkAllowed } from '../check-access.ts';
import { checkEach, undecided } from '../judge.ts';
import type { Finding, Question } from '../question.ts';
import { studioGrants } from './key-actions.ts';

export const executionRoleKeyGrants: Question = {
  id: 'execution-role-key-grants',
  group: 'keys',
  title: {
    english: 'Execution roles may use the domain’s key as Studio needs it',
    korean: '실행 역할은 Studio에 필요한 도메인 키 권한을 모두 갖고 있습니다',
  },
  why: {
    english:
      'Without CreateGrant, Decrypt, DescribeKey and both GenerateDataKey actions, unconditioned, every tool is content and no notebook starts.',
    korean:
      'CreateGrant, Decrypt, DescribeKey 및 두 가지 GenerateDataKey 권한이 조건 없이 허용되지 않으면 다른 도구는 모두 정상이라고 하지만 노트북이 시작되지 않습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Protect data at rest using encryption"',
  ask: (model) =>
    checkEach(domainsIn(model.resources), (domain) => {
      const roles = studioRoleArns(model.resources);
      const value = at(domain, 'KmsKeyId');
      const key = keyOf(model.resources, value);
      if (key === undefined) return missingKey(domain, value);
      return model.identities
        .filter(({ resource }) => roles.has(resource.arn))
        .flatMap((identity) =>
          studioGrants.map((action) =>
            checkAllowed(
              model,
              {
                ...{ identity, action, resourceArn: key.arn ?? '*', resourcePolicyRequired: true },
                resourcePolicies: policiesOf(model, key),
              },
              {
                at: identity.resource,
                says: {
                  english: `This execution role cannot call "${action}" on "${key.logicalId}" without conditions`,
                  korean: `이 실행 역할은 "${key.logicalId}" 키에 조건 없이 "${action}" 작업을 할 수 없습니다`,
                },
              },
            ),
          ),
        );
    }),
};

function missingKey(domain: Resource, value: Resolved): readonly Finding[] {
  if (isUnknown(value)) return [undecided(domain, 'KmsKeyId', value)];
  // Without a key of our own there is nothing to grant; that is another question's matter.
  if (value === undefined) return [];
  return [undecided(domain, 'KmsKeyId', notInTemplates(String(value)))];
}
