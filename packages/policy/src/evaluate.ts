import { type AccessRequest, hasAccount } from './access-request.ts';
import { type Asking, askPolicies } from './ask-statements.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { Decision, StatementReport } from './decision.ts';
import { type Grants, missingAllows, silentLimits } from './missing-allows.ts';
import { type PolicySet, requireKinds } from './policy-set.ts';
import { createRequestContext } from './request-context.ts';

/**
 * Decides one request as AWS documents it (IAM User Guide, "Policy evaluation logic"): an
 * explicit deny anywhere wins; otherwise every policy that sets a limit and one that gives access
 * must allow; otherwise the answer is no.
 *
 * INVARIANT: pure. No clock, no network, no state: the same question has the same answer.
 */
export function evaluate(request: AccessRequest, policies: PolicySet): Decision {
  requireKinds(policies);
  const asking: Asking = {
    context: createRequestContext(request),
    hasBoundary: policies.boundary !== undefined,
    findings: { applied: [], nearMisses: [] },
  };
  const grants = askAll(policies, request, asking);
  const { applied, nearMisses } = asking.findings;
  const about = {
    action: request.action,
    resourceArn: request.resource.arn,
    statements: applied,
    nearMisses,
  };
  const denials = applied.filter(({ effect }) => effect === 'Deny');
  if (denials.length > 0) {
    return { effect: 'explicit-deny', deciding: denials, missing: [], ...about };
  }
  const missing = missingAllows(request, policies, grants);
  if (missing.length > 0) return { effect: 'implicit-deny', deciding: [], missing, ...about };
  return { effect: 'allow', deciding: givers(request, policies, grants), missing: [], ...about };
}

/** Policies about a principal's permissions do not concern callers without an account. */
function askAll(policies: PolicySet, { principal }: AccessRequest, asking: Asking): Grants {
  const ask = (asked: readonly CompiledPolicy[] = []) => askPolicies(asked, asking);
  const own = hasAccount(principal)
    ? policies
    : { identity: [], session: [], serviceControl: [], boundary: undefined };
  return {
    serviceControl: (own.serviceControl ?? []).map((level) => ask(level)),
    endpoint: (policies.endpoint ?? []).map((policy) => ask([policy])),
    resource: ask(policies.resource),
    identity: ask(own.identity),
    boundary: ask(own.boundary === undefined ? [] : [own.boundary]),
    session: ask(own.session),
  };
}

/** Limits only let pass; access comes from the identity's and the resource's policies. */
function givers(
  { principal }: AccessRequest,
  policies: PolicySet,
  grants: Grants,
): readonly StatementReport[] {
  if (!hasAccount(principal)) return grants.resource;
  // What a boundary or session policy holds back came from the resource's policy alone.
  const limited = silentLimits(principal, policies, grants).length > 0;
  return limited ? grants.resource : [...grants.identity, ...grants.resource];
}
