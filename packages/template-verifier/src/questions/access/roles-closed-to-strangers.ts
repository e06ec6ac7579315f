import { anonymous, stranger } from '../../graph/foreign.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { rolesIn } from './roles-in.ts';

export const rolesClosedToStrangers: Question = {
  id: 'roles-closed-to-strangers',
  group: 'access',
  title: {
    english: 'Nobody outside this account assumes a role',
    korean: '이 계정 밖에서는 누구도 역할을 맡을 수 없습니다',
  },
  why: {
    english: 'A trust policy with Principal "*" is a door for the whole world.',
    korean: '신뢰 정책의 Principal이 "*"이면 누구에게나 열린 문이 됩니다.',
  },
  reference: 'IAM User Guide, "Update a role trust policy"',
  ask: (model) =>
    outcome(
      rolesIn(model).flatMap(({ identity, trust }) =>
        [stranger, anonymous].map((principal) =>
          checkRefused(
            model,
            {
              ...{ principal, action: 'sts:AssumeRole', resourceArn: identity.resource.arn ?? '*' },
              ...{ resourcePolicies: [trust], resourcePolicyRequired: true },
            },
            {
              ...{ at: identity.resource, path: trust.path },
              says: {
                english: 'Somebody outside this account may assume the role',
                korean: '이 계정 밖에서 이 역할을 맡을 수 있습니다',
              },
            },
          ),
        ),
      ),
    ),
};
