import type { TrailAnchor } from '@strongroom/audit-trail';
import type { State } from './database.ts';

/** How far the audit trail went, kept where who may write the trail's folder need not reach. */
export function auditAnchor(state: State): TrailAnchor {
  return {
    read: () => state.selectFrom('audit_anchor').select(['sequence', 'hash']).executeTakeFirst(),
    async write({ sequence, hash }) {
      await state
        .insertInto('audit_anchor')
        .values({ only_row: 1, sequence, hash })
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ sequence, hash }))
        .execute();
    },
  };
}
