import { powerfulColleague } from '../../graph/foreign.ts';
import type { Model } from '../../graph/model.ts';
import type { Resource } from '../../graph/resource.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { type AccessCheck, checkRefused } from '../check-access.ts';
import type { Finding } from '../question.ts';

/** Somebody of the account who may do everything is refused this without TLS, by the resource's own policy. */
export function checkOverTlsOnly(
  model: Model,
  resource: Resource,
  { action, ...check }: Omit<AccessCheck, 'at'> & { readonly action: string },
): Finding {
  return checkRefused(
    model,
    {
      principal: powerfulColleague(model.resources.surroundings.accountId),
      ...{ action, resourceArn: resource.arn ?? '*' },
      resourcePolicies: policiesOf(model, resource),
      context: { 'aws:SecureTransport': 'false' },
    },
    { at: resource, ...check },
  );
}
