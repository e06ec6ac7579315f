import { powerfulColleague } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import { type Resource, textsOf } from '../../graph/resource.ts';
import type { Asked } from '../../policies/ask.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import type { ResolvedObject } from '../../resolve/unknown.ts';
import { conditionsOf } from '../policies/each-statement.ts';

const tagKey = /^aws:principaltag\//i;
const tagVariable = /\$\{(aws:PrincipalTag\/[^},]+)\}/gi;
/** Whatever a policy asks the first folder to be called, this one is called so. */
const ownName = 'somebody';

/**
 * Somebody of our own account whom nothing of their own refuses, with whatever tags the bucket's policy
 * asks for: so that each of its denials is asked about alone, and none stands before another.
 */
export function worstCaller(
  model: Model,
  bucket: Resource,
): Required<Pick<Asked, 'principal' | 'resourcePolicies' | 'context'>> & { objectArn: string } {
  const resourcePolicies = policiesOf(model, bucket);
  const tags = resourcePolicies.flatMap(({ statements }) => statements.flatMap(tagsIn));
  return {
    principal: powerfulColleague(model.resources.surroundings.accountId),
    resourcePolicies,
    context: Object.fromEntries(tags),
    objectArn: `${bucket.arn}/${ownName}/object`,
  };
}

function tagsIn(statement: ResolvedObject): readonly (readonly [string, string])[] {
  const named = conditionsOf(statement).flatMap(({ key, values }) => {
    const [value] = textsOf(values);
    return tagKey.test(key) && value !== undefined ? [[key, value] as const] : [];
  });
  const places = [...textsOf(statement.Resource), ...textsOf(statement.NotResource)];
  const variables = places.flatMap((place) =>
    [...place.matchAll(tagVariable)].map(([, key = '']) => [key, ownName] as const),
  );
  return [...variables, ...named];
}
