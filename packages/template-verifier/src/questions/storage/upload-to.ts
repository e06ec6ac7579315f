import { bucketKeyArn } from '../../graph/buckets.ts';
import { foreignAccount } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import type { Resource } from '../../graph/resource.ts';
import { throughEndpoint } from '../../graph/through-endpoint.ts';
import type { Asked } from '../../policies/ask.ts';
import { worstCaller } from './worst-caller.ts';

export const foreignKey = `arn:aws:kms:us-east-1:${foreignAccount}:key/of-somebody-else`;

/** An upload by somebody whom their own policies refuse nothing: the bucket's policy alone decides. */
export function uploadTo(model: Model, bucket: Resource, context: Asked['context']): Asked {
  const { objectArn, ...caller } = worstCaller(model, bucket);
  return {
    ...{ ...caller, action: 's3:PutObject', resourceArn: objectArn },
    context: { ...caller.context, ...throughEndpoint(model.resources), ...context },
  };
}

/** The headers of an upload under the bucket's own key. */
export function sealedFor({ resources }: Model, bucket: Resource): Record<string, string> {
  const key = bucketKeyArn(resources, bucket);
  return {
    's3:x-amz-server-side-encryption': 'aws:kms',
    ...(key === undefined ? {} : { 's3:x-amz-server-side-encryption-aws-kms-key-id': key }),
  };
}
