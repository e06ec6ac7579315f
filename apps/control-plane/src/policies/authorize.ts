import type { Domain } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import { evaluate, explain, type Decision as IamDecision } from '@strongroom/policy';
import type { Clock } from '../clock.ts';
import type { Authorize, Decision } from './access-request.ts';
import { imageArnsKey, instanceTypesKey, toIamRequest } from './iam-request.ts';
import type { ActingAs, PolicyBook } from './policy-book.ts';

export interface AuthorizeOptions {
  readonly domain: () => Domain;
  readonly book: PolicyBook;
  readonly clock: Clock;
}

/** Decides by the domain's policies as they are at the moment of each question. */
export function createAuthorize({ domain, book, clock }: AuthorizeOptions): Authorize {
  return ({ principal, actingAs, action, resource, app, spaceName, ...asked }) => {
    const { instanceType, imageName } = asked;
    const { profileName } = principal;
    if (principal.disabled) return refuseDisabled(profileName);
    const acting: ActingAs =
      actingAs === 'execution-role'
        ? { kind: 'execution-role', profileName }
        : { kind: 'person', person: principal };
    const request = toIamRequest(domain(), {
      ...{ acting, action, resource, now: clock() },
      ...(app === undefined ? {} : { app }),
      ...(spaceName === undefined ? {} : { spaceName }),
      context: {
        ...(instanceType === undefined ? {} : { [instanceTypesKey]: [instanceType] }),
        ...(imageName === undefined
          ? {}
          : { [imageArnsKey]: [domainArns(domain()).image(imageName)] }),
      },
    });
    return toDecision(evaluate(request, book.policiesOf(acting)));
  };
}

export function toDecision(decided: IamDecision): Decision {
  const [decider] = decided.deciding;
  return {
    allowed: decided.effect === 'allow',
    rule: decider === undefined ? 'implicit-deny' : `${decider.policy}/${decider.statement}`,
    // Most decisions allow, and nobody reads why.
    get sentence() {
      return explain(decided).english;
    },
    get koreanSentence() {
      return explain(decided).korean;
    },
  };
}

/** Whoever is disabled is nobody to the policies. */
export function refuseDisabled(profileName: string): Decision {
  return {
    ...{ allowed: false, rule: 'person-disabled' },
    sentence: `The profile "${profileName}" is disabled.`,
    koreanSentence: `프로필 "${profileName}"은(는) 사용 중지되었습니다.`,
  };
}

/** An endpoint without a policy would let everything pass. */
export function refuseWithoutEndpointPolicy(endpoint: string): Decision {
  return {
    ...{ allowed: false, rule: 'implicit-deny' },
    sentence: `The endpoint "${endpoint}" has no policy.`,
    koreanSentence: `엔드포인트 "${endpoint}"에 정책이 없습니다.`,
  };
}
