import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';

/** What every execution role needs on the key of homes and volumes, or no notebook starts. */
export const studioKeyActions = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
];

/**
 * What SageMaker does with a person's execution role to run their notebooks (SageMaker Developer Guide,
 * "Encryption at rest" and "SageMaker AI roles"). The grants on the key have no condition:
 * `kms:GrantIsForAWSResource` and `kms:ViaService` each keep a space from being made.
 */
export function studioUseDocument(place: {
  readonly region: string;
  readonly accountId: string;
  readonly studioKeyArn: string;
  readonly services: readonly ('athena' | 'glue')[];
}): PolicyDocument {
  const { region, accountId } = place;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'UseTheKeyOfStudios', Effect: 'Allow', Action: studioKeyActions },
        Resource: place.studioKeyArn,
      },
      {
        ...{ Sid: 'WriteLogs', Effect: 'Allow' },
        Action: [
          ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          'logs:DescribeLogStreams',
        ],
        Resource: `arn:aws:logs:${region}:${accountId}:log-group:/aws/sagemaker/*`,
      },
      {
        ...{ Sid: 'WriteMetrics', Effect: 'Allow', Action: 'cloudwatch:PutMetricData' },
        ...{ Resource: '*' },
        Condition: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
      },
      {
        ...{ Sid: 'KnowTheRegistry', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken' },
        Resource: '*',
      },
      {
        ...{ Sid: 'PullImages', Effect: 'Allow' },
        Action: [
          ...['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage'],
          'ecr:GetDownloadUrlForLayer',
        ],
        Resource: `arn:aws:ecr:${region}:${accountId}:repository/*`,
      },
      ...place.services.map((service) => queries[service](region, accountId)),
    ],
  };
}

type Queries = (region: string, accountId: string) => PolicyStatement;

const queries: Readonly<Record<'athena' | 'glue', Queries>> = {
  athena: (region, accountId) => ({
    ...{ Sid: 'Query', Effect: 'Allow' },
    Action: [
      ...['athena:StartQueryExecution', 'athena:StopQueryExecution', 'athena:GetQueryExecution'],
      ...['athena:GetQueryResults', 'athena:GetWorkGroup'],
    ],
    Resource: `arn:aws:athena:${region}:${accountId}:workgroup/*`,
  }),
  glue: (region, accountId) => ({
    ...{ Sid: 'ReadTheCatalog', Effect: 'Allow' },
    Action: [
      ...['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'],
      'glue:GetPartitions',
    ],
    Resource: ['catalog', 'database/*', 'table/*'].map(
      (resource) => `arn:aws:glue:${region}:${accountId}:${resource}`,
    ),
  }),
};
