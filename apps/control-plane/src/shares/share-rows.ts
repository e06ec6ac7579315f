import { type ProfileName, type ShareId, shareAudienceSchema } from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { Schema } from '../state/schema.ts';
import type { Share, StoredVersion } from './share.ts';

export type ShareRow = Selectable<Schema['shares']>;
export type VersionRow = Selectable<Schema['share_versions']>;

export function toShare(row: ShareRow): Share {
  return {
    shareId: row.share_id as ShareId,
    owner: row.owner as ProfileName,
    title: row.title,
    sealedSourcePath: Buffer.from(row.sealed_source_path),
    wrappedKey: Buffer.from(row.wrapped_key),
    audience: shareAudienceSchema.parse(JSON.parse(row.audience)),
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    revokedAt: row.revoked_at === null ? undefined : new Date(row.revoked_at),
    revokedBy: (row.revoked_by ?? undefined) as ProfileName | undefined,
  };
}

export function toVersion(row: VersionRow): StoredVersion {
  return {
    version: row.version,
    createdAt: new Date(row.created_at),
    sealedNote: row.sealed_note === null ? undefined : Buffer.from(row.sealed_note),
    includesOutputs: row.includes_outputs === 1,
    sizeBytes: row.size_bytes,
    cellCount: row.cell_count,
    sha256: row.sha256,
  };
}

export function fromShare(share: Share): ShareRow {
  return {
    share_id: share.shareId,
    owner: share.owner,
    title: share.title,
    sealed_source_path: share.sealedSourcePath,
    wrapped_key: share.wrappedKey,
    audience: JSON.stringify(share.audience),
    created_at: share.createdAt.getTime(),
    expires_at: share.expiresAt.getTime(),
    revoked_at: share.revokedAt?.getTime() ?? null,
    revoked_by: share.revokedBy ?? null,
  };
}

export function fromVersion(shareId: ShareId, version: StoredVersion): VersionRow {
  return {
    share_id: shareId,
    version: version.version,
    created_at: version.createdAt.getTime(),
    sealed_note: version.sealedNote ?? null,
    includes_outputs: version.includesOutputs ? 1 : 0,
    size_bytes: version.sizeBytes,
    cell_count: version.cellCount,
    sha256: version.sha256,
  };
}
