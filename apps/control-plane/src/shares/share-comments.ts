import { randomBytes } from 'node:crypto';
import {
  type ProfileName,
  type ShareComment,
  type ShareCommentList,
  type ShareCommentRequest,
  StrongroomError,
} from '@strongroom/contracts';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { CommentStore, StoredComment } from './comment-store.ts';
import type { Share } from './share.ts';
import { isLaterOwner, type ShareAccess, type ShareAsker } from './share-access.ts';
import { isNamed } from './share-audience.ts';
import { shareRefused } from './share-refusals.ts';
import type { ShareStore } from './share-store.ts';
import type { ShareTexts } from './share-texts.ts';

export interface ShareCommentsOptions {
  readonly comments: CommentStore;
  readonly store: Pick<ShareStore, 'versions'>;
  readonly access: ShareAccess;
  readonly texts: Pick<ShareTexts, 'open' | 'seal'>;
  readonly people: People;
  readonly audit: Pick<ShareAudit, 'commented' | 'commentChanged' | 'refused'>;
  readonly clock: Clock;
}

const reading = 'strongroom:GetShare';
const writing = 'strongroom:CommentShare';
const maximumComments = 2_000;
const maximumMentionable = 500;
/** `@` and a profile's name, not within a word such as an e-mail address. */
const mention = /(?<![\p{L}\p{N}_.-])@([a-z][a-z0-9-]{0,31})(?![\p{L}\p{N}_])/gu;

/** What those who may see a share say about it, by cell. */
export class ShareComments {
  readonly #options: ShareCommentsOptions;

  constructor(options: ShareCommentsOptions) {
    this.#options = options;
  }

  /** @throws {StrongroomError} as reading the notebook, `KeyUnavailable` included */
  async list(asker: ShareAsker, shareId: string): Promise<ShareCommentList> {
    const { access, comments, people } = this.#options;
    const share = await access.requireContent(asker, reading, shareId);
    const stored = await comments.list(share.shareId);
    const everybody = await people.list();
    const named = everybody.filter((person) => this.#mayBeMentioned(person, share));
    const describing = { share, asker, everybody, named };
    return {
      comments: await Promise.all(stored.map((each) => this.#describe(each, describing))),
      mentionable: named
        .slice(0, maximumMentionable)
        .map(({ profileName, displayName }) => ({ profileName, displayName })),
    };
  }

  /** @throws {StrongroomError} as reading, `AccessDenied`, `InvalidRequest` */
  async add(
    asker: ShareAsker,
    shareId: string,
    { version, cellIndex, text }: ShareCommentRequest,
  ): Promise<ShareComment> {
    const { access, comments, texts, audit, clock } = this.#options;
    const share = await access.requireContent(asker, writing, shareId);
    await this.#requirePlace(share, version, cellIndex);
    if ((await comments.count(share.shareId)) >= maximumComments) {
      const message = `Cannot comment: there are ${maximumComments} comments already`;
      throw new StrongroomError('InvalidRequest', message, { values: { field: 'text' } });
    }
    const commentId = randomBytes(16).toString('base64url');
    const stored: StoredComment = {
      ...{ commentId, shareId: share.shareId, version, cellIndex },
      ...{ author: asker.person.profileName, createdAt: clock() },
      sealedText: await texts.seal(share, placeOf(commentId), text),
      ...{ resolvedAt: undefined, resolvedBy: undefined },
    };
    await audit.commented(asker.actor, share, commentId);
    await comments.add(stored);
    return this.#describeOne(stored, share, asker);
  }

  /** @throws {StrongroomError} as reading, `CommentNotFound` */
  async setResolved(
    asker: ShareAsker,
    { shareId, commentId }: CommentPlace,
    isResolved: boolean,
  ): Promise<ShareComment> {
    const { comments, audit, clock } = this.#options;
    const { share, stored } = await this.#require(asker, { shareId, commentId });
    if (isResolved !== (stored.resolvedAt !== undefined)) {
      const change = isResolved ? 'resolved' : 'reopened';
      await audit.commentChanged(asker.actor, share, { commentId, change });
      const by = { by: asker.person.profileName, at: clock() };
      await comments.setResolved(commentId, isResolved ? by : undefined);
    }
    const changed = (await comments.find(share.shareId, commentId)) ?? stored;
    return this.#describeOne(changed, share, asker);
  }

  /** By who wrote it, or whose notebook it is. @throws {StrongroomError} as `setResolved`, `AccessDenied` */
  async remove(asker: ShareAsker, { shareId, commentId }: CommentPlace): Promise<void> {
    const { comments, audit } = this.#options;
    const { share, stored } = await this.#require(asker, { shareId, commentId });
    if (!mayDelete(asker.person, stored, share)) {
      await audit.refused(asker.actor, share, { action: writing, rule: 'comment-of-another' });
      throw shareRefused({ rule: 'comment-of-another' }, writing);
    }
    await audit.commentChanged(asker.actor, share, { commentId, change: 'deleted' });
    await comments.remove(commentId);
  }

  async #require(asker: ShareAsker, { shareId, commentId }: CommentPlace) {
    const { access, comments } = this.#options;
    const share = await access.requireContent(asker, writing, shareId);
    const stored = await comments.find(share.shareId, commentId);
    if (stored === undefined) {
      throw new StrongroomError('CommentNotFound', 'Cannot find this comment');
    }
    return { share, stored };
  }

  async #requirePlace(share: Share, version: number, cellIndex: number | null): Promise<void> {
    const versions = await this.#options.store.versions(share.shareId);
    const found = versions.find((each) => each.version === version);
    const isThere = found !== undefined && (cellIndex === null || cellIndex < found.cellCount);
    if (isThere) return;
    const field = found === undefined ? 'version' : 'cellIndex';
    const message = `Cannot comment on "${field}": the notebook has no such`;
    throw new StrongroomError('InvalidRequest', message, { values: { field } });
  }

  #mayBeMentioned(person: Person, share: Share): boolean {
    if (person.disabled) return false;
    const isMeant = person.profileName === share.owner || isNamed(share.audience, person);
    return isMeant && this.#options.access.decide(person, reading, share).allowed;
  }

  async #describeOne(stored: StoredComment, share: Share, asker: ShareAsker) {
    const everybody = await this.#options.people.list();
    const named = everybody.filter((person) => this.#mayBeMentioned(person, share));
    return this.#describe(stored, { share, asker, everybody, named });
  }

  async #describe(
    stored: StoredComment,
    { share, asker, everybody, named }: Describing,
  ): Promise<ShareComment> {
    const { commentId, version, cellIndex, author, createdAt, resolvedAt } = stored;
    const text = await this.#options.texts.open(share, placeOf(commentId), stored.sealedText);
    const authorNow = everybody.find(({ profileName }) => profileName === author);
    return {
      ...{ commentId, version, cellIndex, author, text },
      authorDisplayName: authorNow?.displayName ?? author,
      createdAt: createdAt.toISOString(),
      mentions: mentionsIn(text, named),
      resolvedAt: resolvedAt?.toISOString() ?? null,
      resolvedBy: stored.resolvedBy ?? null,
      mayDelete: mayDelete(asker.person, stored, share),
    };
  }
}

interface CommentPlace {
  readonly shareId: string;
  readonly commentId: string;
}

interface Describing {
  readonly share: Share;
  readonly asker: ShareAsker;
  readonly everybody: readonly Person[];
  readonly named: readonly Person[];
}

/** Names of people who may see the share; an `@` before anything else is just an `@`. */
export function mentionsIn(
  text: string,
  named: readonly Pick<Person, 'profileName'>[],
): ProfileName[] {
  const said = new Set([...text.matchAll(mention)].map(([, name]) => name));
  return named.map(({ profileName }) => profileName).filter((name) => said.has(name));
}

/** Somebody who has the author's name today, but not since then, is another person. */
function mayDelete(
  person: Pick<Person, 'profileName' | 'createdAt'>,
  { author, createdAt }: Pick<StoredComment, 'author' | 'createdAt'>,
  share: Share,
): boolean {
  if (person.profileName === share.owner) return !isLaterOwner(person, share);
  return person.profileName === author && person.createdAt.getTime() <= createdAt.getTime();
}

function placeOf(commentId: string): string {
  return `comment/${commentId}`;
}
