import { getAtt } from '../testing/intrinsic.ts';
import { dropStatement, editFirstStatement, editStatement } from '../testing/policy-edits.ts';
import { describeQuestions, set, somethingUnknown } from '../testing/question-cases.ts';
import { accessQuestions } from './access-questions.ts';

const mayDo = (logicalId: string, action: unknown, rest: object = {}) =>
  set(`${logicalId}.Policies.2`, {
    PolicyName: 'more',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...rest }],
    },
  });
const peopleMay = (action: unknown) =>
  set('PeopleRole.Policies.1', {
    PolicyName: 'more',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
    },
  });
const openDoor = 'sagemaker:CreatePresignedDomainUrl';
const trustOf = (change: Parameters<typeof editFirstStatement>[1]) =>
  editFirstStatement('AliceRole', change);
const unknownTrust = set('AliceRole.AssumeRolePolicyDocument', somethingUnknown);

describeQuestions(accessQuestions, {
  'denials-outlast-wider-policies': {
    broken: dropStatement('PeopleRole', 'OnlyOwnStudio'),
    unknown: editStatement('PeopleRole', 'OnlyOwnStudio', (statement) => {
      statement.Condition = somethingUnknown;
    }),
  },
  'own-studio-only': {
    broken: (template) => {
      dropStatement('PeopleRole', 'OnlyOwnStudio')(template);
      peopleMay(openDoor)(template);
    },
    unknown: (template) => {
      dropStatement('PeopleRole', 'OnlyOwnStudio')(template);
      peopleMay(somethingUnknown)(template);
    },
  },
  'own-studio-opens': {
    broken: editStatement('PeopleRole', 'OnlyThroughEndpoints', (statement) => {
      statement.Condition = {
        StringEquals: { 'aws:SourceVpce': { Ref: 'SagemakerApiEndpoint' } },
      };
    }),
    unknown: editStatement('PeopleRole', 'OnlyThroughEndpoints', (statement) => {
      statement.Condition = { StringNotEquals: { 'aws:SourceVpce': somethingUnknown } };
    }),
  },
  'studio-opens-through-endpoint-only': {
    broken: (template) => {
      dropStatement('PeopleRole', 'OnlyThroughEndpoints')(template);
      editStatement('PeopleRole', 'OpenOwnStudio', (statement) => {
        statement.Condition = {
          StringEquals: {
            'sagemaker:ResourceTag/strongroom-profile': `\${aws:PrincipalTag/strongroom-profile}`,
          },
        };
      })(template);
    },
    unknown: (template) => {
      dropStatement('PeopleRole', 'OnlyThroughEndpoints')(template);
      editStatement('PeopleRole', 'OpenOwnStudio', (statement) => {
        statement.Condition = { StringEquals: { 'aws:SourceVpce': somethingUnknown } };
      })(template);
    },
  },
  'profile-tags-locked': {
    broken: (template) => {
      dropStatement('PeopleRole', 'TagsAreNotForPeople')(template);
      peopleMay('sagemaker:*Tags')(template);
    },
    unknown: (template) => {
      dropStatement('PeopleRole', 'TagsAreNotForPeople')(template);
      peopleMay(somethingUnknown)(template);
    },
  },
  'own-space-only': {
    broken: peopleMay('sagemaker:UpdateSpace'),
    unknown: peopleMay(somethingUnknown),
  },
  'instance-type-cap': {
    broken: dropStatement('AliceRole', 'OnlyApprovedSizes'),
    unknown: editStatement('AliceRole', 'OnlyApprovedSizes', (statement) => {
      statement.Condition = {
        'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': somethingUnknown },
      };
    }),
  },
  'approved-jobs-start': {
    broken: editStatement('AliceRole', 'OwnVolumeKey', (statement) => {
      statement.Condition = { StringNotEquals: { 'sagemaker:VolumeKmsKey': getAtt('DataKey') } };
    }),
    unknown: editStatement('AliceRole', 'OwnVolumeKey', (statement) => {
      statement.Condition = { StringNotEquals: { 'sagemaker:VolumeKmsKeyArn': somethingUnknown } };
    }),
  },
  'approved-size-starts': {
    broken: editStatement('AliceRole', 'OnlyApprovedSizes', (statement) => {
      statement.Condition = {
        'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': ['ml.t3.medium'] },
      };
    }),
    unknown: editStatement('AliceRole', 'OnlyApprovedSizes', (statement) => {
      statement.Condition = {
        'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': somethingUnknown },
      };
    }),
  },
  'images-capped': {
    broken: dropStatement('AliceRole', 'OnlyApprovedImages'),
    unknown: editStatement('AliceRole', 'OnlyApprovedImages', (statement) => {
      statement.Condition = somethingUnknown;
    }),
  },
  'jobs-in-network': {
    broken: dropStatement('AliceRole', 'JobsNeedSubnets'),
    unknown: editStatement('AliceRole', 'JobsNeedSubnets', (statement) => {
      statement.Condition = somethingUnknown;
    }),
  },
  'jobs-under-key': {
    broken: dropStatement('AliceRole', 'OwnVolumeKey'),
    unknown: editStatement('AliceRole', 'OwnVolumeKey', (statement) => {
      statement.Condition = { StringNotEquals: { 'sagemaker:VolumeKmsKeyArn': somethingUnknown } };
    }),
  },
  'jobs-act-as-oneself': {
    broken: editStatement('AliceRole', 'AsOneself', (statement) => {
      statement.Resource = '*';
    }),
    unknown: editStatement('AliceRole', 'AsOneself', (statement) => {
      statement.Resource = somethingUnknown;
    }),
  },
  'roles-closed-to-strangers': {
    broken: trustOf((statement) => {
      statement.Principal = '*';
      delete statement.Condition;
    }),
    unknown: trustOf((statement) => {
      statement.Principal = { AWS: somethingUnknown };
      delete statement.Condition;
    }),
  },
  'execution-roles-for-sagemaker-only': {
    broken: trustOf((statement) => {
      statement.Principal = { Service: ['sagemaker.amazonaws.com', 'lambda.amazonaws.com'] };
    }),
    unknown: unknownTrust,
  },
  'execution-roles-for-own-account': {
    broken: trustOf((statement) => {
      delete statement.Condition;
    }),
    unknown: unknownTrust,
  },
  'execution-roles-assumable': {
    broken: trustOf((statement) => {
      statement.Action = 'sts:AssumeRole';
    }),
    unknown: unknownTrust,
  },
  'execution-roles-bounded': {
    broken: set('AliceRole.PermissionsBoundary', undefined),
    unknown: set('AliceRole.PermissionsBoundary', somethingUnknown),
  },
  'notebooks-gain-no-rights': {
    broken: (template) => {
      mayDo('AliceRole', 'iam:*')(template);
      set('AliceRole.PermissionsBoundary', undefined)(template);
    },
    unknown: (template) => {
      mayDo('AliceRole', 'iam:*')(template);
      set('AliceRole.PermissionsBoundary', somethingUnknown)(template);
    },
  },
});
