import { foreignAccount, powerfulColleague } from '../../graph/foreign.ts';
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
