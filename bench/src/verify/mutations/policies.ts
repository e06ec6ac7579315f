import type { Mutation } from '../mutation.ts';

const cap = 'OnlyInstanceTypesOfTheDomain';
const alice = /personaliceExecutionRole/;

export const policyMutations: readonly Mutation[] = [
  {
    ...{ id: 'misspelt-action', breaks: 'actions-exist' },
    ...{ mistake: 'misspelt action in a denial', isUncaughtByOthers: true },
    apply: (set) => {
      set.statement(cap).Action = ['sagemaker:CreateAp', 'sagemaker:CreateSpace'];
    },
  },
  {
    ...{ id: 'misspelt-condition-key', breaks: 'condition-keys-exist' },
    ...{ mistake: 'misspelt condition key', isUncaughtByOthers: true },
    apply: (set) => {
      set.statement('OpenStudiosFromInside').Condition = {
        StringNotEquals: { 'aws:SourceVpcEndpoint': ['vpce-0123456789abcdef0'] },
      };
    },
  },
  {
    ...{ id: 'everything-of-a-service', breaks: 'no-open-allows' },
    mistake: 's3:* on everything',
    apply: (set) => {
      Object.assign(set.statement('KnowWhoOneIs', alice), { Action: 's3:*', Resource: '*' });
    },
  },
  {
    ...{ id: 'allow-by-exception', breaks: 'no-allows-by-exception' },
    mistake: 'Allow with NotAction',
    apply: (set) => {
      const statement = set.statement('KnowWhoOneIs', alice);
      delete statement.Action;
      statement.NotAction = 'iam:*';
    },
  },
  {
    ...{ id: 'for-all-values-unguarded', breaks: 'for-all-values-guarded' },
    mistake: 'Allow by ForAllValues without Null',
    apply: (set) => {
      const { Condition } = set.statement('RunOwnJobs');
      delete (Condition as Record<string, unknown>).Null;
    },
  },
  {
    ...{ id: 'allow-past-the-endpoint', breaks: 'source-endpoint-not-inverted' },
    mistake: 'Allow for every endpoint but one’s own',
    apply: (set) => {
      set.statement('ListBuckets', alice).Condition = {
        StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' },
      };
    },
  },
  {
    ...{ id: 'variables-without-version', breaks: 'policies-use-variables' },
    mistake: 'policy with variables and without Version',
    apply: (set) =>
      set.set('AWS::S3::BucketPolicy', /sharing/, 'PolicyDocument.Version', undefined),
  },
  {
    ...{ id: 'wide-aws-policy', breaks: 'no-wide-aws-policies' },
    mistake: 'AmazonSageMakerFullAccess attached',
    apply: (set) =>
      set.set('AWS::IAM::Role', alice, 'ManagedPolicyArns', [
        'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess',
      ]),
  },
  {
    ...{ id: 'effect-misspelt', breaks: 'policies-readable' },
    mistake: 'statement without a valid Effect',
    apply: (set) => {
      set.statement('OnlyThisAccount', /riskmodels/).Effect = 'Denied';
    },
  },
];
