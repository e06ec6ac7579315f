import { evaluate } from '@strongroom/policy';
import type { Clock } from '../clock.ts';
import type { Domain } from '../config/domain.ts';
import type { People } from '../identity/people.ts';
import type { AuthorizeCall } from '../network/endpoints/authorize-call.ts';
import type { Decision } from './access-request.ts';
import { refuseDisabled, toDecision } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import type { PolicyBook } from './policy-book.ts';

export interface AuthorizeEndpointCallOptions {
  readonly domain: () => Domain;
  readonly people: Pick<People, 'find'>;
  readonly book: PolicyBook;
  readonly clock: Clock;
}

/** Decides calls from studios: the execution role must be allowed, and the endpoint must let it pass. */
export function createAuthorizeCall(options: AuthorizeEndpointCallOptions): AuthorizeCall {
  const { domain, people, book, clock } = options;
  return async ({ profileName, endpoint, action, resource }) => {
    const person = await people.find(profileName);
    if (person === undefined || person.disabled) return bilingual(refuseDisabled(profileName));
    const acting = { kind: 'execution-role', profileName } as const;
    const request = toIamRequest(domain(), { acting, action, resource, now: clock() });
    const policies = { ...book.policiesOf(acting), ...book.endpointPoliciesOf(endpoint) };
    // An endpoint without a policy would let everything pass.
    if (policies.endpoint.length === 0) return bilingual(noEndpointPolicy(endpoint));
    return bilingual(toDecision(evaluate(request, policies)));
  };
}

function noEndpointPolicy(endpoint: string): Decision {
  return {
    ...{ allowed: false, rule: 'implicit-deny' },
    sentence: `The endpoint "${endpoint}" has no policy.`,
    koreanSentence: `엔드포인트 "${endpoint}"에 정책이 없습니다.`,
  };
}

function bilingual({ allowed, rule, sentence, koreanSentence }: Decision) {
  return { allowed, rule, sentence: { english: sentence, korean: koreanSentence } };
}
