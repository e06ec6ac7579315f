import type { ProfileName, ShareId } from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';

export interface StoredComment {
  readonly commentId: string;
  readonly shareId: ShareId;
  readonly version: number;
  readonly cellIndex: number | null;
  readonly author: ProfileName;
  readonly createdAt: Date;
  readonly sealedText: Buffer;
  readonly resolvedAt: Date | undefined;
  readonly resolvedBy: ProfileName | undefined;
}

/** Comments in the database. */
export class CommentStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async add(comment: StoredComment): Promise<void> {
    await this.#state
      .insertInto('share_comments')
      .values({
        comment_id: comment.commentId,
        share_id: comment.shareId,
        version: comment.version,
        cell_index: comment.cellIndex,
        author: comment.author,
        created_at: comment.createdAt.getTime(),
        sealed_text: comment.sealedText,
        ...{ resolved_at: null, resolved_by: null },
      })
      .execute();
  }

  /** Oldest first. */
  async list(shareId: ShareId): Promise<StoredComment[]> {
    const rows = await this.#state
      .selectFrom('share_comments')
      .selectAll()
      .where('share_id', '=', shareId)
      .orderBy('created_at')
      .orderBy('comment_id')
      .execute();
    return rows.map(toComment);
  }

  async find(shareId: ShareId, commentId: string): Promise<StoredComment | undefined> {
    const row = await this.#state
      .selectFrom('share_comments')
      .selectAll()
      .where('share_id', '=', shareId)
      .where('comment_id', '=', commentId)
      .executeTakeFirst();
    return row === undefined ? undefined : toComment(row);
  }

  async count(shareId: ShareId): Promise<number> {
    const { count } = await this.#state
      .selectFrom('share_comments')
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .where('share_id', '=', shareId)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** `resolved`: `undefined` opens it again. */
  async setResolved(
    commentId: string,
    resolved: { readonly by: ProfileName; readonly at: Date } | undefined,
  ): Promise<void> {
    await this.#state
      .updateTable('share_comments')
      .set({
        resolved_at: resolved?.at.getTime() ?? null,
        resolved_by: resolved?.by ?? null,
      })
      .where('comment_id', '=', commentId)
      .execute();
  }

  async remove(commentId: string): Promise<void> {
    await this.#state.deleteFrom('share_comments').where('comment_id', '=', commentId).execute();
  }
}

function toComment(row: Selectable<Schema['share_comments']>): StoredComment {
  return {
    commentId: row.comment_id,
    shareId: row.share_id as ShareId,
    version: row.version,
    cellIndex: row.cell_index,
    author: row.author as ProfileName,
    createdAt: new Date(row.created_at),
    sealedText: Buffer.from(row.sealed_text),
    resolvedAt: row.resolved_at === null ? undefined : new Date(row.resolved_at),
    resolvedBy: (row.resolved_by ?? undefined) as ProfileName | undefined,
  };
}
