import type { CompiledPolicy } from './compile-policy.ts';
import type { PolicyKind } from './policy-document.ts';

/** Every policy that has a say in a request. Leave out a kind that does not exist. */
export interface PolicySet {
  /** Of the user with its groups, or of the role. */
  readonly identity?: readonly CompiledPolicy[];
  /** Of the resource: bucket policy, key policy, trust policy. */
  readonly resource?: readonly CompiledPolicy[];
  /** Of the endpoints that the request passes through. Each must allow. */
  readonly endpoint?: readonly CompiledPolicy[];
  /** Passed when the session was made. Together they are one limit; none is no limit. */
  readonly session?: readonly CompiledPolicy[];
  readonly boundary?: CompiledPolicy;
  /** By level: the root, each organizational unit, the account. Each level must allow. */
  readonly serviceControl?: readonly (readonly CompiledPolicy[])[];
}

/** A policy in the wrong place would be asked the wrong question; that is a fault of the program. */
export function requireKinds(policies: PolicySet): void {
  requireKind('identity', policies.identity);
  requireKind('resource', policies.resource);
  requireKind('endpoint', policies.endpoint);
  requireKind('session', policies.session);
  if (policies.boundary !== undefined) requireKind('boundary', [policies.boundary]);
  for (const level of policies.serviceControl ?? []) requireKind('service-control', level);
}

function requireKind(kind: PolicyKind, policies: readonly CompiledPolicy[] = []): void {
  for (const policy of policies) {
    if (policy.kind === kind) continue;
    throw new TypeError(
      `Cannot use policy "${policy.name}" as ${kind} policy: compiled as ${policy.kind}`,
    );
  }
}
