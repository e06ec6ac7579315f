import {
  type AccessRequest,
  type ContextValue,
  compilePolicy,
  type Decision,
  evaluate,
  type PolicySet,
  type Principal,
} from '@strongroom/policy';
import type { Surroundings } from '../resolve/scope.ts';
import type { Identity } from './identity.ts';
import type { ReadPolicy } from './read-policy.ts';

/** One request, and every policy of the templates that has a say in it. */
export interface Asked {
  /** Undefined for `principal`, who then has full access by policies of their own. */
  readonly identity?: Identity | undefined;
  readonly principal?: Principal;
  readonly action: string;
  readonly resourceArn: string;
  /** The account that owns the resource; ours unless told otherwise. */
  readonly resourceAccount?: string;
  readonly context?: Readonly<Record<string, ContextValue | undefined>>;
  readonly resourcePolicies?: readonly ReadPolicy[];
  readonly endpointPolicies?: readonly ReadPolicy[];
  readonly resourcePolicyRequired?: boolean;
}

export interface Access {
  readonly effect: 'allowed' | 'refused' | 'unknown';
  readonly request: AccessRequest;
  /** The reading that decides: what would refuse, or what would allow. */
  readonly decision: Decision;
  readonly policies: readonly ReadPolicy[];
}

const everything = compilePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'full access' },
);

/** Allowed or refused where both readings of the policies agree; unknown where they do not. */
export function ask(surroundings: Surroundings, asked: Asked): Access {
  const request = requestOf(surroundings, asked);
  const generous = evaluate(request, policySet(asked, 'generous'));
  const strict = evaluate(request, policySet(asked, 'strict'));
  const policies = policiesOf(asked);
  if (strict.effect === 'allow') return { effect: 'allowed', request, decision: strict, policies };
  if (generous.effect !== 'allow') {
    return { effect: 'refused', request, decision: generous, policies };
  }
  return { effect: 'unknown', request, decision: generous, policies };
}

function requestOf(surroundings: Surroundings, asked: Asked): AccessRequest {
  const { identity, action, resourceArn, context, resourcePolicyRequired } = asked;
  const tags = Object.entries(identity?.tags ?? {}).map(([key, value]) => [
    `aws:PrincipalTag/${key}`,
    value,
  ]);
  return {
    principal: asked.principal ?? identity?.principal ?? { kind: 'anonymous' },
    action,
    resource: { arn: resourceArn, account: asked.resourceAccount ?? surroundings.accountId },
    // What the request itself says counts before the tags of the role.
    context: mergeContexts(
      { 'aws:SecureTransport': 'true' },
      Object.fromEntries(tags),
      context ?? {},
    ),
    ...(resourcePolicyRequired === undefined ? {} : { resourcePolicyRequired }),
  };
}

type Context = NonNullable<Asked['context']>;

/** Condition keys are not case-sensitive: a later one replaces an earlier one in any case. */
function mergeContexts(...contexts: readonly Context[]): Context {
  const merged = new Map<string, readonly [string, ContextValue | undefined]>();
  for (const [key, value] of contexts.flatMap((context) => Object.entries(context))) {
    const [name] = merged.get(key.toLowerCase()) ?? [key];
    merged.set(key.toLowerCase(), [name, value]);
  }
  return Object.fromEntries(merged.values());
}

function policySet(asked: Asked, reading: 'generous' | 'strict'): PolicySet {
  const { identity, resourcePolicies, endpointPolicies } = asked;
  return {
    identity: identity?.policies.map((policy) => policy[reading]) ?? [everything],
    resource: resourcePolicies?.map((policy) => policy[reading]) ?? [],
    endpoint: endpointPolicies?.map((policy) => policy[reading]) ?? [],
    ...(identity?.boundary === undefined ? {} : { boundary: identity.boundary[reading] }),
  };
}

function policiesOf({ identity, resourcePolicies, endpointPolicies }: Asked): ReadPolicy[] {
  return [
    ...(identity?.policies ?? []),
    ...(identity?.boundary === undefined ? [] : [identity.boundary]),
    ...(resourcePolicies ?? []),
    ...(endpointPolicies ?? []),
  ];
}
