import type { EgressRequest, EgressState, ProfileName } from '@strongroom/contracts';
import { egressRequestSchema } from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { State } from '../../state/database.ts';
import type { Schema } from '../../state/schema.ts';

/** The requests in the database. */
export class EgressStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async all(): Promise<EgressRequest[]> {
    const rows = await this.#state
      .selectFrom('egress_requests')
      .selectAll()
      .orderBy('requested_at', 'desc')
      .orderBy('request_id')
      .execute();
    return rows.map(toRequest);
  }

  async add(request: EgressRequest): Promise<void> {
    const { subject } = request;
    await this.#state
      .insertInto('egress_requests')
      .values({
        request_id: request.requestId,
        subject: JSON.stringify(subject),
        mode: request.mode,
        destinations: JSON.stringify(request.destinations),
        reason: request.reason,
        requested_by: request.requestedBy,
        requested_at: Date.parse(request.requestedAt),
        ends_at: Date.parse(request.endsAt),
        state: request.state,
        ...{ decided_by: null, decided_at: null, ended_by: null, ended_at: null },
      })
      .execute();
  }

  /**
   * Of two that change the same request at once, one does. True where this one did.
   * `by`: `undefined` where time alone did it.
   */
  async change(
    requestId: string,
    from: EgressState,
    to: EgressState,
    { by, at }: { readonly by: ProfileName | undefined; readonly at: Date },
  ): Promise<boolean> {
    const isDecision = to === 'Approved' || to === 'Refused';
    const fields = isDecision
      ? { decided_by: by ?? null, decided_at: at.getTime() }
      : { ended_by: by ?? null, ended_at: at.getTime() };
    const changed = await this.#state
      .updateTable('egress_requests')
      .set({ state: to, ...fields })
      .where('request_id', '=', requestId)
      .where('state', '=', from)
      .executeTakeFirst();
    return changed.numUpdatedRows === 1n;
  }
}

function toRequest(row: Selectable<Schema['egress_requests']>): EgressRequest {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return egressRequestSchema.parse({
    ...{ requestId: row.request_id, mode: row.mode, reason: row.reason, state: row.state },
    subject: JSON.parse(row.subject),
    destinations: JSON.parse(row.destinations),
    ...{ requestedBy: row.requested_by, requestedAt: time(row.requested_at) },
    ...{ endsAt: time(row.ends_at), decidedBy: row.decided_by, decidedAt: time(row.decided_at) },
    ...{ endedBy: row.ended_by, endedAt: time(row.ended_at) },
  });
}
