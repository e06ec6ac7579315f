import type { ProfileName, ShareState } from '@strongroom/contracts';
import type { ShareAction } from '@strongroom/domain';
import type { Actor } from '../audit/audit-log.ts';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { Decision } from '../policies/access-request.ts';
import type { AuthorizeShare } from '../policies/authorize-share.ts';
import { type Share, stateOf } from './share.ts';
import { shareEnded, shareNotFound, shareRefused } from './share-refusals.ts';
import type { ShareStore } from './share-store.ts';
import type { ShareViews } from './share-views.ts';

export interface ShareAccessOptions {
  readonly store: Pick<ShareStore, 'find'>;
  readonly views: Pick<ShareViews, 'add'>;
  readonly people: Pick<People, 'find'>;
  readonly authorizeShare: AuthorizeShare;
  readonly audit: Pick<ShareAudit, 'refused'>;
  readonly clock: Clock;
}

/** Who asks, and what the trail says of the request. */
export interface ShareAsker {
  readonly person: Person;
  readonly actor: Actor;
}

const longAfter = 365 * 24 * 60 * 60 * 1000;

/** Decides who may do what with a share: first by its state, then by the policies. */
export class ShareAccess {
  readonly #options: ShareAccessOptions;

  constructor(options: ShareAccessOptions) {
    this.#options = options;
  }

  /** Revoked also where its owner is gone or disabled: nobody looks after it any more. */
  async stateOf(share: Share): Promise<ShareState> {
    const state = stateOf(share, this.#options.clock());
    if (state === 'revoked') return state;
    const owner = await this.#options.people.find(share.owner);
    const isThere = owner !== undefined && !owner.disabled && !isLaterOwner(owner, share);
    return isThere ? state : 'revoked';
  }

  /** By the policies alone. */
  decide(person: Person, action: ShareAction, share: Share): Decision {
    if (isLaterOwner(person, share)) return nobody;
    return this.#options.authorizeShare(person, action, share);
  }

  /** Whether the audience would let them in if it had not ended. */
  isMeant(person: Person, share: Share): boolean {
    const expiresAt = new Date(this.#options.clock().getTime() + longAfter);
    return this.decide(person, 'strongroom:GetShare', { ...share, expiresAt }).allowed;
  }

  async mayRead(person: Person, share: Share): Promise<boolean> {
    if (!this.decide(person, 'strongroom:GetShare', share).allowed) return false;
    return (await this.stateOf(share)) === 'active';
  }

  /** Manages it, as its owner, or oversees it, as an administrator or auditor. */
  oversees(person: Person, share: Share): boolean {
    return this.decide(person, 'strongroom:ListShareViews', share).allowed;
  }

  /**
   * The share, where the asker may do this with what is in it.
   *
   * @throws {StrongroomError} `ShareNotFound`, `ShareRevoked`, `ShareExpired`, `AccessDenied`
   */
  async requireContent(
    asker: ShareAsker,
    action: Extract<ShareAction, `${string}:GetShare` | `${string}:CommentShare`>,
    shareId: string,
  ): Promise<Share> {
    const { share } = await this.#find(shareId);
    const { person } = asker;
    const state = await this.stateOf(share);
    if (state !== 'active') {
      if (this.isMeant(person, share) || this.oversees(person, share))
        throw shareEnded(state, share, await this.#nameOf(share.revokedBy));
      return this.#refuse(asker, action, { share, decision: nobody });
    }
    const decision = this.decide(person, action, share);
    if (!decision.allowed) return this.#refuse(asker, action, { share, decision });
    return share;
  }

  /**
   * The share, where the asker may do this to it, whatever its state is.
   *
   * @throws {StrongroomError} `ShareNotFound`, `AccessDenied`
   */
  async requireManaged(asker: ShareAsker, action: ShareAction, shareId: string): Promise<Share> {
    const { share } = await this.#find(shareId);
    const decision = this.decide(asker.person, action, share);
    if (!decision.allowed) return this.#refuse(asker, action, { share, decision });
    return share;
  }

  async #nameOf(profileName: ProfileName | undefined): Promise<string | undefined> {
    if (profileName === undefined) return undefined;
    return (await this.#options.people.find(profileName))?.displayName;
  }

  async #find(shareId: string) {
    const found = await this.#options.store.find(shareId);
    if (found === undefined) throw shareNotFound();
    return found;
  }

  /** The owner sees who was refused, too. */
  async #refuse(
    { person, actor }: ShareAsker,
    action: ShareAction,
    { share, decision }: { readonly share: Share; readonly decision: Decision },
  ): Promise<never> {
    const { audit, views } = this.#options;
    await audit.refused(actor, share, { action, rule: decision.rule });
    await views.add(share.shareId, {
      ...{ profileName: person.profileName, version: null, kind: 'refused' },
    });
    throw shareRefused(decision, action);
  }
}

const nobody: Decision = {
  ...{ allowed: false, rule: 'implicit-deny' },
  ...{ sentence: '', koreanSentence: '' },
};

/** Somebody who was given the name of an owner who is gone. */
export function isLaterOwner(
  { profileName, createdAt }: Pick<Person, 'profileName' | 'createdAt'>,
  share: Pick<Share, 'owner' | 'createdAt'>,
): boolean {
  return profileName === share.owner && createdAt.getTime() > share.createdAt.getTime();
}
