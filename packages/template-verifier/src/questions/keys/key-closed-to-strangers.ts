import { anonymous, stranger } from '../../graph/foreign.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';

export const keyClosedToStrangers: Question = {
  id: 'key-closed-to-strangers',
  group: 'keys',
  title: {
    english: 'Nobody outside this account uses a key',
    korean: '이 계정 밖에서는 누구도 키를 사용할 수 없습니다',
  },
  why: {
    english: 'A key policy that names everyone makes the encryption worthless.',
    korean: '키 정책이 모든 사람을 허용하면 암호화가 무의미해집니다.',
  },
  reference: 'AWS KMS Developer Guide, "Key policies in AWS KMS"',
  ask: (model) =>
    checkEach(model.resources.ofType('AWS::KMS::Key'), (key) =>
      [stranger, anonymous].flatMap((principal) =>
        ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:PutKeyPolicy'].map(
          (action) =>
            checkRefused(
              model,
              {
                ...{ principal, action, resourceArn: key.arn ?? '*' },
                ...{ resourcePolicies: policiesOf(model, key), resourcePolicyRequired: true },
              },
              {
                ...{ at: key, path: 'KeyPolicy' },
                says: {
                  english: `Somebody of another account may call "${action}"`,
                  korean: `다른 계정에서 "${action}" 작업을 호출할 수 있습니다`,
                },
              },
            ),
        ),
      ),
    ),
};
