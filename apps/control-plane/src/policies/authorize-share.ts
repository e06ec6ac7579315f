import type { ShareAudience } from '@strongroom/contracts';
import type { Domain, ShareAction } from '@strongroom/domain';
import { domainArns, sharePolicyDocument } from '@strongroom/domain';
import { type CompiledPolicy, compilePolicy, evaluate } from '@strongroom/policy';
import type { Clock } from '../clock.ts';
import type { Person } from '../identity/person.ts';
import type { Decision } from './access-request.ts';
import { refuseDisabled, toDecision } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import type { PolicyBook } from './policy-book.ts';

/** What a decision about a share needs to know of it. */
interface DecidedShare {
  /** `'*'`: one that is about to be made. */
  readonly shareId: string;
  readonly owner: string;
  readonly audience: ShareAudience;
  readonly expiresAt: Date;
}

export type AuthorizeShare = (
  principal: Person,
  action: ShareAction,
  share: DecidedShare,
) => Decision;

const keptPolicies = 500;

/** Decides by the identity's policies together with the share's own, which its audience makes. */
export function createAuthorizeShare(options: {
  readonly domain: () => Domain;
  readonly book: PolicyBook;
  readonly clock: Clock;
}): AuthorizeShare {
  const { domain, book, clock } = options;
  const policyOf = compileOnce(domain);
  return (principal, action, share) => {
    if (principal.disabled) return refuseDisabled(principal.profileName);
    const acting = { kind: 'person', person: principal } as const;
    const resource = domainArns(domain()).share(share.owner, share.shareId);
    const request = toIamRequest(domain(), { acting, action, resource, now: clock() });
    const identity = book.policiesOf(acting);
    return toDecision(evaluate(request, { ...identity, resource: policyOf(share, resource) }));
  };
}

/** A list asks about many shares again and again, and few of them change. */
function compileOnce(domain: () => Domain) {
  const compiled = new Map<string, readonly CompiledPolicy[]>();
  return (share: DecidedShare, arn: string): readonly CompiledPolicy[] => {
    const { audience, expiresAt } = share;
    const key = `${arn} ${expiresAt.getTime()} ${JSON.stringify(audience)}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    if (compiled.size >= keptPolicies) compiled.clear();
    const document = sharePolicyDocument(domainArns(domain()), { arn, audience, expiresAt });
    const kind = { kind: 'resource', name: 'share-policy' } as const;
    const made = document === undefined ? [] : [compilePolicy(document, kind)];
    compiled.set(key, made);
    return made;
  };
}
