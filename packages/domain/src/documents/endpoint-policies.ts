import type { PolicyDocument } from '@strongroom/policy';

/** Through the endpoint to STS a studio may ask who it is, and nothing else. */
export function stsEndpointDocument(accountId: string): PolicyDocument {
  return onlyOwnAccount(accountId, 'WhoAmI', ['sts:GetCallerIdentity']);
}

/** Through the endpoint to this domain's own API a studio may read about itself. */
export function apiEndpointDocument(accountId: string): PolicyDocument {
  return onlyOwnAccount(accountId, 'DescribeOwnStudio', ['strongroom:DescribeStudio']);
}

/** Through the endpoint to S3 a studio reaches this domain's buckets, and nobody else's. */
export function s3EndpointDocument(accountId: string): PolicyDocument {
  return onlyOwnAccount(accountId, 'OwnBuckets', ['s3:*'], { 's3:ResourceAccount': accountId });
}

/** Through the endpoint to Git a studio reaches this domain's repositories, and nobody else's. */
export function gitEndpointDocument(accountId: string, region: string): PolicyDocument {
  const resource = `arn:aws:codecommit:${region}:${accountId}:*`;
  const actions = ['codecommit:GitPull', 'codecommit:GitPush'];
  return onlyOwnAccount(accountId, 'OwnRepositories', actions, {}, resource);
}

/** AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies". */
function onlyOwnAccount(
  accountId: string,
  sid: string,
  actions: string[],
  further: Readonly<Record<string, string>> = {},
  resource = '*',
): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: sid,
        Effect: 'Allow',
        Principal: '*',
        Action: actions,
        Resource: resource,
        Condition: { StringEquals: { 'aws:PrincipalAccount': accountId, ...further } },
      },
    ],
  };
}
