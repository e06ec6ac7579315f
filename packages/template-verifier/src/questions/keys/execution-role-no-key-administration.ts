import { policiesOf } from '../../policies/policies-of.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { keyAdministration } from './key-actions.ts';

export const executionRoleNoKeyAdministration: Question = {
  id: 'execution-role-no-key-administration',
  group: 'keys',
  title: {
    english: 'Notebooks cannot administer keys',
    korean: '노트북은 키를 관리할 수 없습니다',
  },
  why: {
    english: 'Code in a notebook that may change a key policy may open every bucket under it.',
    korean: '노트북 코드가 키 정책을 변경할 수 있으면 그 키로 보호되는 모든 버킷을 열 수 있습니다.',
  },
  reference: 'AWS KMS Developer Guide, "Key policies in AWS KMS"',
  ask: (model) =>
    checkEach(model.resources.ofType('AWS::KMS::Key'), (key) =>
      model.identities
        .filter(({ isExecutionRole }) => isExecutionRole)
        .flatMap((identity) =>
          keyAdministration.map((action) =>
            checkRefused(
              model,
              {
                ...{ identity, action, resourceArn: key.arn ?? '*', resourcePolicyRequired: true },
                resourcePolicies: policiesOf(model, key),
              },
              {
                at: identity.resource,
                says: {
                  english: `This execution role may call "${action}" on "${key.logicalId}"`,
                  korean: `이 실행 역할이 "${key.logicalId}" 키에 "${action}" 작업을 할 수 있습니다`,
                },
              },
            ),
          ),
        ),
    ),
};
