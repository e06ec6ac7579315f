import { editStatement } from '../testing/policy-edits.ts';
import { describeQuestions, set, somethingUnknown } from '../testing/question-cases.ts';
import { policiesQuestions } from './policies-questions.ts';

const unknownPolicy = set('DataBucketPolicy.PolicyDocument', somethingUnknown);
const unknownCondition = editStatement('AliceRole', 'Data', (statement) => {
  statement.Condition = somethingUnknown;
});

describeQuestions(policiesQuestions, {
  'actions-exist': {
    broken: editStatement('AliceRole', 'OnlyApprovedSizes', (statement) => {
      statement.Action = 'sagemaker:CreateAp';
    }),
    unknown: unknownPolicy,
  },
  'condition-keys-exist': {
    broken: editStatement('AliceRole', 'OnlyApprovedSizes', (statement) => {
      statement.Condition = {
        'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypez': ['system'] },
      };
    }),
    unknown: unknownPolicy,
  },
  'policies-readable': {
    broken: editStatement('AliceRole', 'Data', (statement) => {
      statement.Effect = 'Permit';
    }),
    unknown: unknownPolicy,
  },
  'no-open-allows': {
    broken: editStatement('AliceRole', 'Data', (statement) => {
      Object.assign(statement, { Action: 's3:*', Resource: '*' });
    }),
    unknown: editStatement('AliceRole', 'Data', (statement) => {
      statement.Resource = somethingUnknown;
    }),
  },
  'no-allows-by-exception': {
    broken: editStatement('AliceRole', 'Data', (statement) => {
      statement.NotAction = statement.Action;
      delete statement.Action;
    }),
    unknown: editStatement('AliceRole', 'Data', (statement) => {
      statement.Effect = somethingUnknown;
    }),
  },
  'for-all-values-guarded': {
    broken: editStatement('AliceRole', 'RunJobs', (statement) => {
      statement.Condition = {
        'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': [{ Ref: 'SubnetOne' }] },
      };
    }),
    unknown: unknownCondition,
  },
  'source-endpoint-not-inverted': {
    broken: editStatement('DataBucketPolicy', 'OnlyThroughEndpoints', (statement) => {
      statement.Condition = { StringEquals: { 'aws:sourceVpce': { Ref: 'S3Endpoint' } } };
    }),
    unknown: unknownCondition,
  },
  'denials-not-waived-by-tags': {
    broken: editStatement('DataBucketPolicy', 'OnlyThroughEndpoints', (statement) => {
      statement.Condition = {
        StringNotEquals: {
          'aws:SourceVpce': { Ref: 'S3Endpoint' },
          'aws:PrincipalTag/team': 'operations',
        },
      };
    }),
    unknown: unknownCondition,
  },
  'policies-use-variables': {
    broken: set('PeopleRole.Policies.0.PolicyDocument.Version', undefined),
    unknown: unknownPolicy,
  },
  'no-wide-aws-policies': {
    broken: set('AliceRole.ManagedPolicyArns', [
      'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess',
    ]),
    unknown: set('AliceRole.ManagedPolicyArns', [somethingUnknown]),
  },
});
