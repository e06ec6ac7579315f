import type { ProfileName } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { domainArns, repositoryTagKey } from '@strongroom/domain';
import { evaluate } from '@strongroom/policy';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Decision } from './access-request.ts';
import { refuseDisabled, refuseWithoutEndpointPolicy, toDecision } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import type { PolicyBook } from './policy-book.ts';

interface RepositoryCall {
  readonly profileName: ProfileName;
  /** `studio`: the execution role, through the endpoint. `outside`: the person themselves. */
  readonly from: 'studio' | 'outside';
  /** Such as `codecommit:GitPull`. */
  readonly action: string;
  /** `*`: none in particular. */
  readonly repository: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The ref that a push would change, for example `refs/heads/main`. */
  readonly reference?: string;
}

export type AuthorizeRepositoryCall = (call: RepositoryCall) => Promise<Decision>;

/** Decides one action on a repository by the policies of who acts, the boundary and the endpoint's. */
export function createAuthorizeRepositoryCall(options: {
  readonly domain: () => Domain;
  readonly people: Pick<People, 'find'>;
  readonly book: PolicyBook;
  readonly clock: Clock;
}): AuthorizeRepositoryCall {
  const { domain, people, book, clock } = options;
  return async ({ profileName, from, action, repository, tags = {}, reference }) => {
    const person = await people.find(profileName);
    if (person === undefined || person.disabled) return refuseDisabled(profileName);
    const acting =
      from === 'studio'
        ? ({ kind: 'execution-role', profileName } as const)
        : ({ kind: 'person', person } as const);
    const ofTags = Object.entries(tags).map(([tag, value]) => [repositoryTagKey(tag), value]);
    const request = toIamRequest(domain(), {
      ...{ acting, action, now: clock() },
      resource: repository === '*' ? '*' : domainArns(domain()).repository(repository),
      context: {
        ...Object.fromEntries(ofTags),
        ...(reference === undefined ? {} : { 'codecommit:References': [reference] }),
      },
    });
    const policies = book.policiesOf(acting);
    if (from === 'outside') return toDecision(evaluate(request, policies));
    const through = book.endpointPoliciesOf('git');
    if (through.endpoint.length === 0) return refuseWithoutEndpointPolicy('git');
    return toDecision(evaluate(request, { ...policies, ...through }));
  };
}
