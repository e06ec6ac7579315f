import type { Model } from '../../graph/model.ts';
import type { Identity } from '../../policies/identity.ts';
import type { ReadPolicy } from '../../policies/read-policy.ts';

export interface TrustedRole {
  readonly identity: Identity;
  readonly trust: ReadPolicy;
}

export function rolesIn({ identities }: Model): readonly TrustedRole[] {
  return identities.flatMap((identity) =>
    identity.trust === undefined ? [] : [{ identity, trust: identity.trust }],
  );
}
