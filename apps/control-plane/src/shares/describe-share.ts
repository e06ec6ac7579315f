import { type ShareSummary, type ShareVersion, StrongroomError } from '@strongroom/contracts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { CountedShare, Share, StoredVersion } from './share.ts';
import { isLaterOwner, type ShareAccess } from './share-access.ts';
import type { ShareTexts } from './share-texts.ts';

export interface DescribeShareOptions {
  readonly access: ShareAccess;
  readonly texts: Pick<ShareTexts, 'open'>;
  readonly people: Pick<People, 'find'>;
  /** What is extended now may end then. */
  readonly latestEnd: () => Date;
  /** Of the console's page of a share. */
  readonly urlOf: (shareId: string) => string;
}

/** A share as one person sees it. */
export async function describeShare(
  options: DescribeShareOptions,
  person: Person,
  { share, latest, viewCount, openCommentCount }: CountedShare,
): Promise<ShareSummary> {
  const { access, people, urlOf } = options;
  const state = await access.stateOf(share);
  const may = (action: Parameters<ShareAccess['decide']>[1]) =>
    access.decide(person, action, share).allowed;
  const isActive = state === 'active';
  const isOwner = person.profileName === share.owner && !isLaterOwner(person, share);
  const mayExtend = state !== 'revoked' && may('strongroom:UpdateShare');
  return {
    shareId: share.shareId,
    url: urlOf(share.shareId),
    title: share.title,
    owner: share.owner,
    ownerDisplayName: (await people.find(share.owner))?.displayName ?? share.owner,
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt.toISOString(),
    state,
    revokedAt: share.revokedAt?.toISOString() ?? null,
    revokedBy: share.revokedBy ?? null,
    audience: share.audience,
    latestVersion: await describeVersion(options, share, latest),
    sourcePath: isOwner
      ? await readableOr(null, () =>
          options.texts.open(share, 'source-path', share.sealedSourcePath),
        )
      : null,
    extendableUntil: mayExtend ? options.latestEnd().toISOString() : null,
    viewCount: access.oversees(person, share) ? viewCount : null,
    openCommentCount,
    may: {
      read: isActive && may('strongroom:GetShare'),
      manage: may('strongroom:RevokeShare'),
      comment: isActive && may('strongroom:CommentShare'),
    },
  };
}

export async function describeVersion(
  { texts }: Pick<DescribeShareOptions, 'texts'>,
  share: Share,
  stored: StoredVersion,
): Promise<ShareVersion> {
  const { sealedNote, createdAt, ...version } = stored;
  const note =
    sealedNote === undefined
      ? ''
      : await readableOr('', () => texts.open(share, `note/${version.version}`, sealedNote));
  return { ...version, createdAt: createdAt.toISOString(), note };
}

/**
 * What is said about a share stays where its key cannot be used, so that it can be revoked then; only
 * what is sealed is missing. Whoever reads its notebook is told why.
 */
export async function readableOr<Value>(
  otherwise: Value,
  read: () => Promise<Value>,
): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StrongroomError && error.code === 'KeyUnavailable') return otherwise;
    throw error;
  }
}
