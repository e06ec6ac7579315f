import { document, getAtt, join, ref, sub } from './intrinsic.ts';

const profiles = sub(`arn:aws:sagemaker:\${AWS::Region}:\${AWS::AccountId}:user-profile/*`);
const endpoints = { 'aws:SourceVpce': [ref('SagemakerApiEndpoint')] };
const owner = `\${aws:PrincipalTag/strongroom-profile}`;
const sizes = ['system', 'ml.t3.medium', 'ml.m5.large'];

/** What notebooks and people may do. */
export function goodAccess(): Record<string, unknown> {
  return {
    Boundary: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: document(
          {
            ...{ Sid: 'ServicesOfTheDomain', Effect: 'Allow', Resource: '*' },
            Action: [
              's3:*',
              'sagemaker:*',
              'kms:*',
              'logs:*',
              'sts:GetCallerIdentity',
              'iam:PassRole',
            ],
          },
          {
            ...{ Sid: 'AdministerNobody', Effect: 'Deny', Resource: '*' },
            Action: ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:UpdateUserProfile'],
          },
        ),
      },
    },
    AliceRole: executionRole('alice'),
    BobRole: executionRole('bob'),
    PeopleRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: document({
          ...{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'] },
          Principal: { AWS: sub(`arn:aws:iam::\${AWS::AccountId}:root`) },
        }),
        Policies: [{ PolicyName: 'own-studio', PolicyDocument: ownStudio() }],
      },
    },
  };
}

function executionRole(profileName: string): unknown {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: `strongroom-${profileName}`,
      PermissionsBoundary: ref('Boundary'),
      Tags: [{ Key: 'strongroom-profile', Value: profileName }],
      AssumeRolePolicyDocument: document({
        ...{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] },
        Principal: { Service: 'sagemaker.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
      }),
      Policies: [
        { PolicyName: 'notebooks', PolicyDocument: notebooks(profileName) },
        { PolicyName: 'jobs', PolicyDocument: jobs(profileName) },
      ],
    },
  };

  function notebooks(name: string) {
    return document(
      {
        ...{ Sid: 'Data', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'] },
        Resource: join(getAtt('DataBucket'), '/*'),
      },
      {
        ...{ Sid: 'ListData', Effect: 'Allow', Action: 's3:ListBucket' },
        Resource: getAtt('DataBucket'),
      },
      {
        ...{ Sid: 'Key', Effect: 'Allow', Resource: getAtt('DataKey') },
        Action: [
          ...['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey'],
          ...['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        ],
      },
      {
        ...{
          Sid: 'OwnApps',
          Effect: 'Allow',
          Action: ['sagemaker:CreateApp', 'sagemaker:DeleteApp'],
        },
        Resource: sub(
          `arn:aws:sagemaker:\${AWS::Region}:\${AWS::AccountId}:app/\${Domain}/${name}/*`,
        ),
      },
      {
        ...{ Sid: 'NobodyElsesSpace', Effect: 'Deny', Action: 'sagemaker:CreateSpace' },
        NotResource: sub(
          `arn:aws:sagemaker:\${AWS::Region}:\${AWS::AccountId}:space/\${Domain}/${name}`,
        ),
      },
      {
        ...{ Sid: 'NoSharedSpace', Effect: 'Deny', Action: 'sagemaker:CreateSpace', Resource: '*' },
        Condition: { StringEquals: { 'sagemaker:SpaceSharingType': 'Shared' } },
      },
      ...caps(),
    );
  }

  function jobs(name: string) {
    return document(
      {
        ...{ Sid: 'RunJobs', Effect: 'Allow', Resource: '*' },
        Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob'],
      },
      {
        ...{ Sid: 'AsOneself', Effect: 'Allow', Action: 'iam:PassRole' },
        Resource: sub(`arn:aws:iam::\${AWS::AccountId}:role/strongroom-${name}`),
        Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      },
      ...denyJobs(),
    );
  }
}

const jobActions = ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob'];

function denyJobs(): readonly object[] {
  const deny = (Sid: string, Condition: object) => ({
    ...{ Sid, Effect: 'Deny', Action: jobActions, Resource: '*', Condition },
  });
  const missing = (key: string) => ({ Null: { [key]: 'true' } });
  return [
    deny('JobsNeedSubnets', missing('sagemaker:VpcSubnets')),
    deny('JobsNeedGroups', missing('sagemaker:VpcSecurityGroupIds')),
    deny('OwnSubnets', {
      'ForAnyValue:StringNotEquals': {
        'sagemaker:VpcSubnets': [ref('SubnetOne'), ref('SubnetTwo')],
      },
    }),
    deny('OwnGroups', {
      'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSecurityGroupIds': [ref('StudioGroup')] },
    }),
    deny('OwnVolumeKey', {
      StringNotEquals: { 'sagemaker:VolumeKmsKeyArn': getAtt('DataKey') },
    }),
    deny('OwnOutputKey', {
      StringNotEquals: { 'sagemaker:OutputKmsKeyArn': getAtt('DataKey') },
    }),
  ];
}

function caps(): readonly object[] {
  return [
    {
      ...{ Sid: 'OnlyApprovedSizes', Effect: 'Deny', Resource: '*' },
      Action: [
        ...['sagemaker:CreateApp', 'sagemaker:CreateSpace', 'sagemaker:UpdateSpace'],
        ...jobActions,
      ],
      Condition: { 'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': sizes } },
    },
    {
      ...{
        Sid: 'OnlyApprovedImages',
        Effect: 'Deny',
        Action: 'sagemaker:CreateApp',
        Resource: '*',
      },
      Condition: { 'ForAnyValue:StringNotLike': { 'sagemaker:ImageArns': [ref('Image')] } },
    },
  ];
}

function ownStudio(): object {
  return document(
    {
      ...{ Sid: 'OpenOwnStudio', Effect: 'Allow', Resource: profiles },
      Action: ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:DescribeUserProfile'],
      Condition: {
        StringEquals: { 'sagemaker:ResourceTag/strongroom-profile': owner, ...endpoints },
      },
    },
    {
      ...{ Sid: 'RunOwnApps', Effect: 'Allow', Action: 'sagemaker:CreateApp' },
      Resource: sub(
        `arn:aws:sagemaker:\${AWS::Region}:\${AWS::AccountId}:app/\${Domain}/\${!aws:PrincipalTag/strongroom-profile}/*`,
      ),
      Condition: { StringEquals: { 'sagemaker:SpaceSharingType': 'Private' } },
    },
    {
      ...{ Sid: 'OnlyThroughEndpoints', Effect: 'Deny', Resource: '*' },
      Action: 'sagemaker:CreatePresignedDomainUrl',
      Condition: { StringNotEquals: endpoints },
    },
    {
      ...{ Sid: 'OnlyOwnStudio', Effect: 'Deny', Resource: '*' },
      Action: 'sagemaker:CreatePresignedDomainUrl',
      Condition: { StringNotEquals: { 'sagemaker:ResourceTag/strongroom-profile': owner } },
    },
    {
      ...{ Sid: 'TagsAreNotForPeople', Effect: 'Deny', Resource: '*' },
      Action: ['sagemaker:AddTags', 'sagemaker:DeleteTags'],
    },
    ...caps(),
  );
}
