import type { Model } from '../../graph/model.ts';
import { serviceOf } from '../../graph/network.ts';
import type { Resource } from '../../graph/resource.ts';
import { throughEndpoint } from '../../graph/through-endpoint.ts';
import { type Asked, ask } from '../../policies/ask.ts';
import type { Identity } from '../../policies/identity.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { checkAllowed } from '../check-access.ts';
import type { Finding } from '../question.ts';
import { sealedFor } from './upload-to.ts';

const actions = ['s3:GetObject', 's3:PutObject', 's3:ListBucket'] as const;

/** What the role's own policies allow must not be refused by the bucket or the endpoint. */
export function checkReach(model: Model, bucket: Resource, identity: Identity): readonly Finding[] {
  return actions.flatMap((action) => {
    const asked: Asked = {
      ...{ identity, action },
      resourceArn: action === 's3:ListBucket' ? `${bucket.arn}` : `${bucket.arn}/object`,
      context: { ...throughEndpoint(model.resources), ...headers(model, bucket, action) },
    };
    if (ask(model.resources.surroundings, asked).effect !== 'allowed') return [];
    return checkAllowed(
      model,
      {
        ...asked,
        resourcePolicies: policiesOf(model, bucket),
        endpointPolicies: s3EndpointPolicies(model),
      },
      {
        at: bucket,
        says: {
          english: `"${identity.resource.logicalId}" is allowed "${action}", but the bucket or the endpoint refuses it`,
          korean: `"${identity.resource.logicalId}"에 "${action}" 작업이 허용되지만 버킷이나 엔드포인트가 거부합니다`,
        },
      },
    );
  });
}

function headers(model: Model, bucket: Resource, action: string): Asked['context'] {
  const { accountId } = model.resources.surroundings;
  if (action !== 's3:PutObject') return { 's3:ResourceAccount': accountId };
  return {
    's3:ResourceAccount': accountId,
    ...sealedFor(model, bucket),
  };
}

function s3EndpointPolicies(model: Model) {
  const endpoint = model.resources
    .ofType('AWS::EC2::VPCEndpoint')
    .find((candidate) => serviceOf(candidate) === 's3');
  return endpoint === undefined ? [] : policiesOf(model, endpoint);
}
