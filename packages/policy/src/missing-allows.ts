import { type AccessRequest, type AccountPrincipal, hasAccount } from './access-request.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { MissingAllow, StatementReport } from './decision.ts';
import type { PolicyKind } from './policy-document.ts';
import type { PolicySet } from './policy-set.ts';
import type { PrincipalMatch } from './principals/match-principal.ts';

type Allows = readonly StatementReport[];

/** The Allow statements that apply, by the policies they stand in. */
export interface Grants {
  /** One entry for each level. */
  readonly serviceControl: readonly Allows[];
  /** One entry for each endpoint. */
  readonly endpoint: readonly Allows[];
  readonly resource: Allows;
  readonly identity: Allows;
  readonly boundary: Allows;
  readonly session: Allows;
}

/** The policies that had to allow and did not. Empty: nothing stands in the way. */
export function missingAllows(
  request: AccessRequest,
  policies: PolicySet,
  grants: Grants,
): readonly MissingAllow[] {
  return [
    ...silentMembers('service-control', grants.serviceControl, policies.serviceControl),
    ...silentMembers(
      'endpoint',
      grants.endpoint,
      policies.endpoint?.map((policy) => [policy]),
    ),
    ...silentGivers(request, policies, grants).map((kind) => ({
      kind,
      policies: policiesOf(kind, policies).map(({ name }) => name),
    })),
  ];
}

/** Of levels and endpoints each must allow, so each silent one is named. */
function silentMembers(
  kind: PolicyKind,
  allows: readonly Allows[],
  members: readonly (readonly CompiledPolicy[])[] = [],
): readonly MissingAllow[] {
  return allows.flatMap((member, index) =>
    member.length > 0 ? [] : [{ kind, policies: (members[index] ?? []).map(({ name }) => name) }],
  );
}

function silentGivers(
  request: AccessRequest,
  policies: PolicySet,
  grants: Grants,
): readonly PolicyKind[] {
  const { principal, resource, resourcePolicyRequired = false } = request;
  const match = closestMatch(grants.resource);
  if (!hasAccount(principal)) return match === undefined ? ['resource'] : [];

  const limits = silentLimits(principal, policies, grants);
  const identity: readonly PolicyKind[] = grants.identity.length > 0 ? [] : ['identity'];
  if (principal.account !== resource.account) {
    // Two accounts, two evaluations: both must allow.
    return [...identity, ...limits, ...(match === undefined ? (['resource'] as const) : [])];
  }
  switch (match) {
    case 'direct':
      // A user with session policies is a federated session: naming the user does not free it.
      return principal.kind === 'user' && hasSession(policies) ? limits : [];
    case 'entity':
      return limits;
    case 'account':
      return [...identity, ...limits];
    case undefined:
      return [...(resourcePolicyRequired ? (['resource'] as const) : []), ...identity, ...limits];
  }
}

/** Boundary and session policies that exist and do not allow. */
export function silentLimits(
  principal: AccountPrincipal,
  policies: PolicySet,
  grants: Grants,
): readonly PolicyKind[] {
  const needsSession = hasSession(policies) || principal.kind === 'federated-user';
  const silent: PolicyKind[] = [];
  if (policies.boundary !== undefined && grants.boundary.length === 0) silent.push('boundary');
  if (needsSession && grants.session.length === 0) silent.push('session');
  return silent;
}

function hasSession({ session }: PolicySet): boolean {
  return session !== undefined && session.length > 0;
}

const closeness: readonly PrincipalMatch[] = ['direct', 'entity', 'account'];

function closestMatch(allows: Allows): PrincipalMatch | undefined {
  return closeness.find((match) => allows.some(({ principal }) => principal === match));
}

function policiesOf(kind: PolicyKind, policies: PolicySet): readonly CompiledPolicy[] {
  switch (kind) {
    case 'identity':
      return policies.identity ?? [];
    case 'resource':
      return policies.resource ?? [];
    case 'session':
      return policies.session ?? [];
    case 'boundary':
      return policies.boundary === undefined ? [] : [policies.boundary];
    case 'endpoint':
      return policies.endpoint ?? [];
    case 'service-control':
      return policies.serviceControl?.flat() ?? [];
  }
}
