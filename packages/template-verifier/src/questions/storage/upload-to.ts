import { foreignAccount, powerfulColleague } from '../../graph/foreign.ts';
import { bucketKeyArn } from '../../graph/buckets.ts';
import type { Model } from '../../graph/model.ts';
import type { Resource } from '../../graph/resource.ts';
import type { Asked } from '../../policies/ask.ts';
import { policiesOf } from '../../policies/policies-of.ts';

export const foreignKey = `arn:aws:kms:us-east-1:${foreignAccount}:key/of-somebody-else`;

/** An upload by somebody whom their own policies refuse nothing: the bucket's policy alone decides. */
export function uploadTo(model: Model, bucket: Resource): Asked {
  return {
    principal: powerfulColleague(model.resources.surroundings.accountId),
    ...{ action: 's3:PutObject', resourceArn: `${bucket.arn}/object` },
    resourcePolicies: policiesOf(model, bucket),
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
