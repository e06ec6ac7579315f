import type { Model } from '../../graph/model.ts';
import type { Identity } from '../../policies/identity.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';

export const notebooksGainNoRights: Question = {
  id: 'notebooks-gain-no-rights',
  group: 'access',
  title: {
    english: 'Notebooks cannot give themselves rights',
    korean: '노트북은 스스로 권한을 늘릴 수 없습니다',
  },
  why: {
    english:
      'Code that may change policies, make access keys or assume roles is bound by none of this.',
    korean:
      '정책 변경, 액세스 키 생성, 다른 역할 전환이 가능한 코드에는 어떤 통제도 소용이 없습니다.',
  },
  reference: 'IAM User Guide, "Security best practices in IAM"',
  ask: (model) =>
    outcome(
      model.identities
        .filter(({ isExecutionRole }) => isExecutionRole)
        .flatMap((identity) =>
          escapes(model, identity).map(({ action, resourceArn }) =>
            checkRefused(
              model,
              { identity, action, resourceArn },
              {
                at: identity.resource,
                says: {
                  english: `This execution role may call "${action}"`,
                  korean: `이 실행 역할로 "${action}" 작업을 할 수 있습니다`,
                },
              },
            ),
          ),
        ),
    ),
};

const ofRoles = [
  'iam:PutRolePolicy',
  'iam:AttachRolePolicy',
  'iam:DeleteRolePermissionsBoundary',
  'iam:UpdateAssumeRolePolicy',
] as const;

function escapes({ resources }: Model, { resource }: Identity) {
  const { accountId, partition } = resources.surroundings;
  const iam = (name: string) => `arn:${partition}:iam::${accountId}:${name}`;
  return [
    ...ofRoles.map((action) => ({ action, resourceArn: resource.arn ?? iam('role/own') })),
    { action: 'iam:CreatePolicyVersion', resourceArn: iam('policy/any') },
    { action: 'iam:CreateAccessKey', resourceArn: iam('user/any') },
    { action: 'iam:CreateUser', resourceArn: iam('user/any') },
    { action: 'sts:AssumeRole', resourceArn: iam('role/administrator') },
    { action: 'lambda:CreateFunction', resourceArn: '*' },
    { action: 'ec2:RunInstances', resourceArn: '*' },
    { action: 'cloudformation:CreateStack', resourceArn: '*' },
  ];
}
