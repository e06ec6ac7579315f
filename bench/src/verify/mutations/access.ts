import type { Mutation } from '../mutation.ts';

const role = 'AWS::IAM::Role';
const alice = /personaliceExecutionRole/;
const cap = 'OnlyInstanceTypesOfTheDomain';
const sizes = ['ml.t3.medium', 'ml.m5.large'];
const jobConditions = (set: Parameters<Mutation['apply']>[0]) => {
  const statement = set.statement('RunOwnJobs');
  const { StringEquals } = statement.Condition as Record<string, unknown>;
  statement.Condition = { StringEquals };
};

export const accessMutations: readonly Mutation[] = [
  {
    ...{ id: 'presign-from-anywhere', breaks: 'studio-opens-through-endpoint-only' },
    ...{ mistake: 'condition on presigned URLs dropped', isUncaughtByOthers: true },
    apply: (set) => set.drop('OpenStudiosFromInside'),
  },
  {
    ...{ id: 'presign-inverted', breaks: 'own-studio-opens' },
    mistake: 'aws:SourceVpce for presigned URLs the wrong way round',
    apply: (set) => {
      const statement = set.statement('OpenStudiosFromInside');
      const { StringNotEquals } = statement.Condition as Record<string, unknown>;
      statement.Condition = { StringEquals: StringNotEquals };
    },
  },
  {
    ...{ id: 'anybodys-studio', breaks: 'own-studio-only' },
    mistake: 'own-studio conditions dropped',
    apply(set) {
      delete set.statement('OpenOwnStudio').Condition;
      set.drop('OnlyOwnStudio');
    },
  },
  {
    ...{ id: 'own-studio-by-wrong-tag', breaks: 'own-studio-only' },
    mistake: 'own studio told by a tag that all have',
    apply(set) {
      const tag = 'strongroom-domain';
      set.statement('OpenOwnStudio').Condition = {
        StringEquals: { [`sagemaker:ResourceTag/${tag}`]: 'research' },
      };
      set.drop('OnlyOwnStudio');
    },
  },
  {
    ...{ id: 'profile-tags-open', breaks: 'profile-tags-locked' },
    mistake: 'people may tag profiles',
    apply: (set) => {
      set.statement('TagsAreNotForPeople').Effect = 'Allow';
    },
  },
  {
    ...{ id: 'anybodys-space', breaks: 'own-space-only' },
    mistake: 'people may run apps in others’ spaces',
    apply(set) {
      set.statement('RunNotebooks').Resource = '*';
      set.drop('NobodyElsesApps');
      set.drop('OnlyOwnApps');
    },
  },
  {
    ...{ id: 'instance-deny-dropped', breaks: 'instance-type-cap' },
    ...{ mistake: 'denial of unapproved sizes dropped', isUncaughtByOthers: true },
    apply: (set) => set.drop(cap),
  },
  {
    ...{ id: 'instance-cap-for-all-values', breaks: 'instance-type-cap' },
    mistake: 'cap on sizes that one approved size in the list satisfies',
    apply: (set) => {
      set.statement(cap).Condition = {
        'ForAllValues:StringNotLike': { 'sagemaker:InstanceTypes': ['system', ...sizes] },
      };
    },
  },
  {
    ...{ id: 'instance-cap-of-apps-alone', breaks: 'instance-type-cap' },
    mistake: 'cap on sizes of apps, and not of spaces and jobs',
    apply: (set) => {
      set.statement(cap).Action = 'sagemaker:CreateApp';
    },
  },
  {
    ...{ id: 'instance-cap-without-system', breaks: 'approved-size-starts' },
    mistake: 'cap on sizes without “system”',
    apply: (set) => {
      set.statement(cap).Condition = {
        'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': sizes },
      };
    },
  },
  {
    ...{ id: 'image-cap-dropped', breaks: 'images-capped' },
    mistake: 'denial of unapproved images dropped',
    apply: (set) => set.drop('OnlyImagesOfTheDomain'),
  },
  {
    ...{ id: 'jobs-without-network', breaks: 'jobs-in-network' },
    mistake: 'jobs need no subnets',
    apply(set) {
      jobConditions(set);
      set.drop('JobsNameTheirSubnets');
    },
  },
  {
    ...{ id: 'jobs-in-other-networks', breaks: 'jobs-in-network' },
    mistake: 'jobs in other subnets and groups',
    apply(set) {
      jobConditions(set);
      set.drop('OnlySubnetsOfTheDomain');
      set.drop('OnlyTheGroupOfStudios');
    },
  },
  {
    ...{ id: 'jobs-without-key', breaks: 'jobs-under-key' },
    mistake: 'jobs’ volumes under any key',
    apply: (set) => set.drop('OnlyTheKeyOfStudios'),
  },
  {
    ...{ id: 'jobs-by-deprecated-key', breaks: 'approved-jobs-start' },
    mistake: 'denial by a condition key that requests do not carry',
    apply: (set) => {
      const statement = set.statement('OnlyTheKeyOfStudios');
      const { ArnNotEquals } = statement.Condition as Record<string, Record<string, unknown>>;
      const [keyArn] = Object.values(ArnNotEquals ?? {});
      statement.Condition = { ArnNotEquals: { 'sagemaker:VolumeKmsKey': keyArn } };
    },
  },
  {
    ...{ id: 'others-roles-passed', breaks: 'jobs-act-as-oneself' },
    mistake: 'people may pass every role',
    apply: (set) => {
      Object.assign(set.statement('SeeTheDomain'), {
        Action: ['iam:PassRole', 'sagemaker:ListApps'],
      });
    },
  },
  {
    ...{ id: 'role-trusts-everybody', breaks: 'roles-closed-to-strangers' },
    ...{ mistake: 'trust policy with Principal "*"', isUncaughtByOthers: true },
    apply: (set) => {
      const statement = set.statement('TheServiceAlone', alice);
      statement.Principal = '*';
      delete statement.Condition;
    },
  },
  {
    ...{ id: 'role-trusts-another-account', breaks: 'roles-closed-to-strangers' },
    mistake: 'trust policy that names another account',
    apply: (set) => {
      const statement = set.statement('TheServiceAlone', /personbob/);
      statement.Principal = { AWS: 'arn:aws:iam::999999999999:root' };
      delete statement.Condition;
    },
  },
  {
    ...{ id: 'role-trusts-lambda', breaks: 'execution-roles-for-sagemaker-only' },
    mistake: 'execution role that Lambda may assume',
    apply: (set) => {
      set.statement('TheServiceAlone', alice).Principal = {
        Service: ['sagemaker.amazonaws.com', 'lambda.amazonaws.com'],
      };
    },
  },
  {
    ...{ id: 'confused-deputy', breaks: 'execution-roles-for-own-account' },
    mistake: 'trust policy without aws:SourceAccount',
    apply: (set) => delete set.statement('TheServiceAlone', alice).Condition,
  },
  {
    ...{ id: 'source-identity-refused', breaks: 'execution-roles-assumable' },
    mistake: 'trust policy without sts:SetSourceIdentity',
    apply: (set) => {
      set.statement('TheServiceAlone', alice).Action = 'sts:AssumeRole';
    },
  },
  {
    ...{ id: 'boundary-missing', breaks: 'execution-roles-bounded' },
    mistake: 'execution role without a boundary',
    apply: (set) => set.set(role, alice, 'PermissionsBoundary', undefined),
  },
  {
    ...{ id: 'notebooks-change-roles', breaks: 'notebooks-gain-no-rights' },
    mistake: 'execution role and boundary that allow iam:*',
    apply(set) {
      set.statement('ServicesOfTheDomain').Action = ['sagemaker:*', 's3:*', 'iam:*'];
      Object.assign(set.statement('KnowWhoOneIs', alice), { Action: 'iam:*' });
    },
  },
];
