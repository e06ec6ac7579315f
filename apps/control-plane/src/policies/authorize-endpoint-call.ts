import type { Domain } from '@strongroom/domain';
import { evaluate } from '@strongroom/policy';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { AuthorizeCall, EndpointCall } from '../network/endpoints/authorize-call.ts';
import type { Decision } from './access-request.ts';
import { refuseDisabled, refuseWithoutEndpointPolicy, toDecision } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import type { PolicyBook } from './policy-book.ts';

export interface AuthorizeEndpointCallOptions {
  readonly domain: () => Domain;
  readonly people: Pick<People, 'find'>;
  readonly book: PolicyBook;
  readonly clock: Clock;
  readonly audit: Pick<AuditLog, 'endpointCallDenied'>;
}

/** Decides calls from studios: the execution role must be allowed, and the endpoint must let it pass. */
export function createAuthorizeCall(options: AuthorizeEndpointCallOptions): AuthorizeCall {
  const { domain, people, book, clock, audit } = options;
  return async (call) => {
    const decision = await decide(call);
    if (decision.allowed) return bilingual(decision);
    // Refused all the same where it cannot be recorded; the writer's log says that it could not.
    await audit
      .endpointCallDenied(call.profileName, { ...call, rule: decision.rule })
      .catch(() => undefined);
    return bilingual(decision);
  };

  async function decide({ profileName, endpoint, action, resource }: EndpointCall) {
    const person = await people.find(profileName);
    if (person === undefined || person.disabled) return refuseDisabled(profileName);
    const acting = { kind: 'execution-role', profileName } as const;
    const request = toIamRequest(domain(), { acting, action, resource, now: clock() });
    const policies = { ...book.policiesOf(acting), ...book.endpointPoliciesOf(endpoint) };
    if (policies.endpoint.length === 0) return refuseWithoutEndpointPolicy(endpoint);
    return toDecision(evaluate(request, policies));
  }
}

function bilingual({ allowed, rule, sentence, koreanSentence }: Decision) {
  return { allowed, rule, sentence: { english: sentence, korean: koreanSentence } };
}
