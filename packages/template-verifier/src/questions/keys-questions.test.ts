import { getAtt } from '../testing/intrinsic.ts';
import { addStatement, editStatement } from '../testing/policy-edits.ts';
import { describeQuestions, maybe, set, somethingUnknown } from '../testing/question-cases.ts';
import { keysQuestions } from './keys-questions.ts';

const unknownPrincipal = addStatement('DataKey', {
  ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
  Principal: { AWS: somethingUnknown },
});

describeQuestions(keysQuestions, {
  'key-rotation': {
    broken: set('DataKey.EnableKeyRotation', undefined),
    unknown: set('DataKey.EnableKeyRotation', somethingUnknown),
  },
  'key-closed-to-strangers': {
    broken: addStatement('DataKey', {
      ...{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' },
    }),
    unknown: unknownPrincipal,
  },
  'key-administration-separate': {
    broken: editStatement('DataKey', 'AdministerWithoutUse', (statement) => {
      statement.Action = 'kms:*';
    }),
    unknown: unknownPrincipal,
  },
  'execution-role-no-key-administration': {
    broken: addStatement('DataKey', {
      ...{ Effect: 'Allow', Action: 'kms:PutKeyPolicy', Resource: '*' },
      Principal: { AWS: getAtt('AliceRole') },
    }),
    unknown: unknownPrincipal,
  },
  'execution-role-key-grants': {
    broken: (template) => {
      for (const [logicalId, sid] of [
        ['DataKey', 'ExecutionRolesUse'],
        ['AliceRole', 'Key'],
      ] as const) {
        editStatement(logicalId, sid, (statement) => {
          statement.Condition = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
        })(template);
      }
    },
    unknown: set('Domain.KmsKeyId', somethingUnknown),
  },
  'keys-and-data-kept': {
    broken: (template) => {
      template.Resources.DataKey = {
        ...{ Type: 'AWS::KMS::Key', Properties: template.Resources.DataKey?.Properties ?? {} },
        DeletionPolicy: 'Delete',
      };
    },
    unknown: maybe('DataKey'),
  },
});
