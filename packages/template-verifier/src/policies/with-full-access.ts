import type { Identity } from './identity.ts';
import { readPolicy } from './read-policy.ts';

/** The identity on the day that somebody attaches a policy with everything to it. */
export function withFullAccess(identity: Identity): Identity {
  const everything = readPolicy({
    ...{ resource: identity.resource, path: '', kind: 'identity' },
    document: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'AttachedLater', Effect: 'Allow', Action: '*', Resource: '*' }],
    },
  });
  return { ...identity, policies: [...identity.policies, everything] };
}
