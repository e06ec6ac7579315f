import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';

/** Every service that a studio reaches through an interface endpoint, by the last part of its name. */
export type EndpointService =
  | 'sagemaker.api'
  | 'sagemaker.runtime'
  | 'studio'
  | 'sts'
  | 'logs'
  | 'monitoring'
  | 'kms'
  | 'ecr.api'
  | 'ecr.dkr'
  | 'codecommit'
  | 'git-codecommit'
  | 'ssm'
  | 'elasticfilesystem'
  | 'athena'
  | 'glue';

const studioActions = [
  ...['sagemaker:AddTags', 'sagemaker:Create*', 'sagemaker:Delete*', 'sagemaker:Describe*'],
  ...['sagemaker:List*', 'sagemaker:Stop*', 'sagemaker:Update*'],
];

/** What may be asked for there at all; whose policies decide beyond it are the caller's. */
const actionsOf = {
  'sagemaker.api': studioActions,
  'sagemaker.runtime': ['sagemaker:InvokeEndpoint'],
  studio: ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:Describe*', 'sagemaker:List*'],
  logs: [
    ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    ...['logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
  ],
  kms: [
    ...['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
    'kms:GenerateDataKeyWithoutPlaintext',
  ],
  codecommit: ['codecommit:Get*', 'codecommit:List*', 'codecommit:BatchGet*'],
  ssm: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
  elasticfilesystem: [
    ...['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:DescribeMountTargets'],
  ],
  athena: [
    'athena:Get*',
    'athena:List*',
    'athena:StartQueryExecution',
    'athena:StopQueryExecution',
  ],
  glue: ['glue:GetDatabase*', 'glue:GetTable*', 'glue:GetPartition*'],
} as const satisfies Partial<Record<EndpointService, readonly string[]>>;

/**
 * The policy of an endpoint that this machine has no counterpart of: this account's principals on this
 * account's resources (AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies").
 */
export function endpointDocument(
  service: keyof typeof actionsOf,
  accountId: string,
): PolicyDocument {
  return onlyOwn([allow('OwnAccount', actionsOf[service], ownAccount(accountId))]);
}

/** A number is put in no account: `cloudwatch:PutMetricData` has no resource. */
export function monitoringEndpointDocument(accountId: string): PolicyDocument {
  return onlyOwn([
    {
      ...allow('WriteMetrics', ['cloudwatch:PutMetricData'], ofPrincipals(accountId)),
    },
  ]);
}

/** Asking for a token has no resource either; images come from this account's repositories. */
export function registryEndpointDocument(accountId: string): PolicyDocument {
  const pull = [
    ...['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    'ecr:DescribeImages',
  ];
  return onlyOwn([
    allow('KnowTheRegistry', ['ecr:GetAuthorizationToken'], ofPrincipals(accountId)),
    allow('PullOwnImages', pull, ownAccount(accountId)),
  ]);
}

/**
 * The rendered policy of the S3 endpoint, on the domain's buckets by name, and the one bucket that the
 * layers of images are read from (Amazon ECR User Guide, "Create the Amazon S3 gateway endpoint").
 */
export function s3EndpointOnAws(
  rendered: PolicyDocument,
  place: {
    readonly buckets: readonly string[];
    readonly region: string;
    readonly accountId: string;
  },
): PolicyDocument {
  const named = place.buckets.flatMap((bucket) => [
    `arn:aws:s3:::${bucket}`,
    `arn:aws:s3:::${bucket}/*`,
  ]);
  return {
    ...rendered,
    Statement: [
      ...[rendered.Statement].flat().map((statement) => ({ ...statement, Resource: named })),
      {
        ...allow('LayersOfImages', ['s3:GetObject'], ofPrincipals(place.accountId)),
        Resource: `arn:aws:s3:::prod-${place.region}-starport-layer-bucket/*`,
      },
    ],
  };
}

type Keys = Readonly<Record<string, string>>;

function ofPrincipals(accountId: string): Keys {
  return { 'aws:PrincipalAccount': accountId };
}

function ownAccount(accountId: string): Keys {
  return { ...ofPrincipals(accountId), 'aws:ResourceAccount': accountId };
}

function allow(sid: string, actions: readonly string[], keys: Keys): PolicyStatement {
  return {
    ...{ Sid: sid, Effect: 'Allow', Principal: '*', Action: [...actions], Resource: '*' },
    Condition: { StringEquals: keys },
  };
}

function onlyOwn(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [...statements] };
}
