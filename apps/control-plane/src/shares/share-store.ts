import type { ProfileName, ShareAudience, ShareId } from '@strongroom/contracts';
import { sql } from 'kysely';
import type { State } from '../state/database.ts';
import type { CountedShare, Share, StoredVersion } from './share.ts';
import {
  fromShare,
  fromVersion,
  type ShareRow,
  toShare,
  toVersion,
  type VersionRow,
} from './share-rows.ts';

/** Lists have an end; whoever needs an older one has its link. */
const maximumListed = 1_000;

/** Which shares a list has. */
export interface ShareFilter {
  readonly owner?: ProfileName;
  readonly notOwner?: ProfileName;
  /** Neither revoked nor expired then. */
  readonly activeAt?: Date;
}

type CountedRow = ShareRow & {
  readonly version: number;
  readonly version_created_at: number;
  readonly view_count: number;
  readonly open_comment_count: number;
} & Omit<VersionRow, 'created_at'>;

/** Shares and their versions in the database. */
export class ShareStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async add(share: Share, first: StoredVersion): Promise<void> {
    await this.#state.transaction().execute(async (transaction) => {
      await transaction.insertInto('shares').values(fromShare(share)).execute();
      const row = fromVersion(share.shareId, first);
      await transaction.insertInto('share_versions').values(row).execute();
    });
  }

  async addVersion(shareId: ShareId, version: StoredVersion): Promise<void> {
    await this.#state.insertInto('share_versions').values(fromVersion(shareId, version)).execute();
  }

  async find(shareId: string): Promise<CountedShare | undefined> {
    const [found] = await this.#counted(sql`shares.share_id = ${shareId}`, 1);
    return found;
  }

  /** Newest first. */
  async versions(shareId: ShareId): Promise<StoredVersion[]> {
    const rows = await this.#state
      .selectFrom('share_versions')
      .selectAll()
      .where('share_id', '=', shareId)
      .orderBy('version', 'desc')
      .execute();
    return rows.map(toVersion);
  }

  /** Newest first. */
  list({ owner, notOwner, activeAt }: ShareFilter): Promise<CountedShare[]> {
    const now = activeAt?.getTime();
    const conditions = [
      ...(owner === undefined ? [] : [sql`shares.owner = ${owner}`]),
      ...(notOwner === undefined ? [] : [sql`shares.owner <> ${notOwner}`]),
      ...(now === undefined ? [] : [sql`shares.revoked_at is null and shares.expires_at > ${now}`]),
    ];
    const all = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
    return this.#counted(all, maximumListed);
  }

  /** False where it was revoked before. */
  async revoke(shareId: ShareId, by: ProfileName | undefined, at: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#state
      .updateTable('shares')
      .set({ revoked_at: at.getTime(), revoked_by: by ?? null })
      .where('share_id', '=', shareId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** False where it was revoked meanwhile. */
  async extend(shareId: ShareId, expiresAt: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#state
      .updateTable('shares')
      .set({ expires_at: expiresAt.getTime() })
      .where('share_id', '=', shareId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async changeAudience(shareId: ShareId, audience: ShareAudience): Promise<void> {
    await this.#state
      .updateTable('shares')
      .set({ audience: JSON.stringify(audience) })
      .where('share_id', '=', shareId)
      .execute();
  }

  /** Every share that may still be read, without a bound: for what must reach each of them. */
  async activeShares(now: Date): Promise<Share[]> {
    const rows = await this.#state
      .selectFrom('shares')
      .selectAll()
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now.getTime())
      .execute();
    return rows.map(toShare);
  }

  async #counted(condition: ReturnType<typeof sql>, limit: number): Promise<CountedShare[]> {
    const { rows } = await sql<CountedRow>`
      select shares.*, latest.version, latest.created_at as version_created_at,
        latest.sealed_note, latest.includes_outputs, latest.size_bytes, latest.cell_count,
        latest.sha256,
        (select count(*) from share_views
          where share_views.share_id = shares.share_id and kind <> 'refused') as view_count,
        (select count(*) from share_comments
          where share_comments.share_id = shares.share_id and resolved_at is null)
          as open_comment_count
      from shares
      join share_versions as latest on latest.share_id = shares.share_id
        and latest.version = (select max(version) from share_versions
          where share_versions.share_id = shares.share_id)
      where ${condition}
      order by shares.created_at desc, shares.share_id
      limit ${limit}`.execute(this.#state);
    return rows.map((row) => ({
      share: toShare(row),
      latest: toVersion({ ...row, created_at: row.version_created_at }),
      viewCount: row.view_count,
      openCommentCount: row.open_comment_count,
    }));
  }
}
