import { hasAccount, type Principal } from '../access-request.ts';
import type { PrincipalNames } from './compile-principal.ts';

/**
 * How closely a resource's policy names who asks. Within one account that decides which implicit
 * denies still count (IAM User Guide, "How AWS enforcement code logic evaluates requests"):
 * - `direct`: the user, the session, the service or everyone. No implicit deny counts.
 * - `entity`: the role, or the user behind a federated session. Boundary and session policies
 *   still limit it.
 * - `account`: the account, which thereby decides by its own identity policies.
 */
export type PrincipalMatch = 'direct' | 'entity' | 'account';

export function matchPrincipal(
  names: PrincipalNames,
  principal: Principal,
): PrincipalMatch | undefined {
  if (names.everyone) return 'direct';
  switch (principal.kind) {
    case 'anonymous':
      return undefined;
    case 'service':
      return names.services.has(principal.service) ? 'direct' : undefined;
    case 'federated':
      return names.providers.has(principal.provider) ? 'direct' : undefined;
    case 'user':
    case 'role':
    case 'assumed-role':
    case 'federated-user':
  }
  if (principal.kind !== 'role' && names.arns.has(principal.arn)) return 'direct';
  if (names.arns.has(entityArn(principal))) return 'entity';
  return names.accounts.has(principal.account) ? 'account' : undefined;
}

/**
 * Does NotPrincipal leave this principal alone? AWS may check the account, then the role, then
 * the session, so all of them must be listed. And it never spares a principal with a permissions
 * boundary ("AWS JSON policy elements: NotPrincipal").
 */
export function isSpared(
  names: PrincipalNames,
  principal: Principal,
  hasBoundary: boolean,
): boolean {
  if (names.everyone) return true;
  if (!hasAccount(principal)) return matchPrincipal(names, principal) !== undefined;
  return (
    !hasBoundary &&
    names.accounts.has(principal.account) &&
    names.arns.has(principal.arn) &&
    names.arns.has(entityArn(principal))
  );
}

/** The user or role that a session acts for. */
function entityArn(principal: Extract<Principal, { readonly account: string }>): string {
  switch (principal.kind) {
    case 'assumed-role':
      return principal.roleArn;
    case 'federated-user':
      return principal.userArn;
    case 'user':
    case 'role':
      return principal.arn;
  }
}
