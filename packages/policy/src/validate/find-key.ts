import type { ConditionKey } from '../vocabulary/condition-keys.ts';
import { ownerOfKeyPrefix } from '../vocabulary/services-named-by.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

export type FoundKey =
  | { readonly kind: 'global'; readonly key: ConditionKey }
  | { readonly kind: 'service'; readonly key: ConditionKey }
  /** A claim of an identity provider that no vocabulary lists. */
  | { readonly kind: 'claim' }
  | { readonly kind: 'unchecked'; readonly prefix: string }
  | { readonly kind: 'unknown' };

/** What a condition key or a policy variable names. */
export function findKey(
  { globalKeys, services, serviceNames }: Vocabulary,
  name: string,
): FoundKey {
  const global = globalKeys.find(name);
  if (global !== undefined) return { kind: 'global', key: global };
  const prefix = keyPrefix(name);
  if (prefix === undefined || prefix === 'aws') return { kind: 'unknown' };

  const owner = ownerOfKeyPrefix(prefix);
  for (const service of inOrder(services, owner)) {
    const key = service.conditionKeys.find(name);
    if (key !== undefined) return { kind: 'service', key };
  }
  if (serviceNames.has(owner)) {
    return services.has(owner) ? { kind: 'unknown' } : { kind: 'unchecked', prefix: owner };
  }
  return isProviderHost(prefix) && !isListedProvider({ services }, prefix)
    ? { kind: 'claim' }
    : { kind: 'unknown' };
}

/** In lower case; a provider's host with its path counts as prefix. */
export function keyPrefix(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon <= 0 ? undefined : name.slice(0, colon).toLowerCase();
}

/** Some services list keys with the prefix of another one, such as `ec2:SourceInstanceARN`. */
function inOrder(services: Vocabulary['services'], first: string) {
  const owner = services.get(first);
  return owner === undefined ? services.values() : [owner, ...services.values()];
}

/** Any provider of OpenID Connect may be trusted: `oidc.eks.eu-west-1.amazonaws.com/id/…:sub`. */
function isProviderHost(prefix: string): boolean {
  return prefix.includes('.');
}

/** AWS lists all claims that it reads of the large providers. */
function isListedProvider({ services }: Pick<Vocabulary, 'services'>, prefix: string): boolean {
  const keys = services.get('sts')?.conditionKeys.all ?? [];
  return keys.some(({ name }) => keyPrefix(name) === prefix);
}
