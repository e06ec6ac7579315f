import { randomBytes } from 'node:crypto';
import type {
  ProfileName,
  ScanFinding,
  ShareAudience,
  ShareId,
  ShareState,
} from '@strongroom/contracts';

/** A shared notebook, as the state keeps it. */
export interface Share {
  readonly shareId: ShareId;
  readonly owner: ProfileName;
  readonly title: string;
  readonly sealedSourcePath: Buffer;
  readonly wrappedKey: Buffer;
  readonly audience: ShareAudience;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | undefined;
  readonly revokedBy: ProfileName | undefined;
}

export interface StoredVersion {
  readonly version: number;
  readonly createdAt: Date;
  readonly sealedNote: Buffer | undefined;
  readonly includesOutputs: boolean;
  readonly sizeBytes: number;
  readonly cellCount: number;
  readonly sha256: string;
}

/** A share with what lists say beside it. */
export interface CountedShare {
  readonly share: Share;
  readonly latest: StoredVersion;
  readonly viewCount: number;
  readonly openCommentCount: number;
}

/** A notebook that may be stored: read, valid, looked through. */
export interface CheckedNotebook {
  readonly bytes: Uint8Array;
  readonly cellCount: number;
  readonly sha256: string;
  readonly findings: readonly ScanFinding[];
  readonly findingCount: number;
  readonly blockingCount: number;
}

/** 128 random bits: whoever holds it was given the link. */
export function newShareId(): ShareId {
  return randomBytes(16).toString('base64url') as ShareId;
}

export function stateOf({ revokedAt, expiresAt }: Share, now: Date): ShareState {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt.getTime() <= now.getTime() ? 'expired' : 'active';
}

/** In the sharing bucket. */
export function objectKeyOf(
  { owner, shareId }: Pick<Share, 'owner' | 'shareId'>,
  version: number,
): string {
  return `${owner}/${shareId}/${version}.ipynb`;
}
