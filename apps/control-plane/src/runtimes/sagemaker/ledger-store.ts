import type { AppId, ProfileName } from '@strongroom/contracts';
import type { MeterStore } from '../../metering/meter-store.ts';
import type { MeteredApp } from '../../metering/metered-app.ts';
import type { State } from '../../state/database.ts';

export interface LedgerRecord extends MeteredApp {
  readonly recordId: number;
}

/** Of ended apps, as long as SageMaker lists them and a day longer. */
const endedKeptMilliseconds = 48 * 60 * 60 * 1000;

/**
 * The ledger's records, in the meter's own tables. Its apps are measured by the time of day that SageMaker
 * gives, so "elapsed" is that time: the meter of this machine then recovers them rightly, should the domain
 * file say another runtime one day.
 */
export class LedgerStore {
  readonly #state: State;
  readonly #meterStore: MeterStore;

  constructor(options: { readonly state: State; readonly meterStore: MeterStore }) {
    this.#state = options.state;
    this.#meterStore = options.meterStore;
  }

  /** Ends what a meter of this machine left open. Answers when SageMaker was last looked at. */
  async open(now: number): Promise<Date | undefined> {
    const last = await this.#state.selectFrom('meter_heartbeat').selectAll().executeTakeFirst();
    const isLedgers = last !== undefined && last.elapsed === last.beaten_at;
    if (isLedgers) return new Date(last.beaten_at);
    await this.#meterStore.recover(now);
    return undefined;
  }

  /** INVARIANT: both columns are equal, which tells a ledger's beat from a meter's. */
  async beat(now: number): Promise<void> {
    await this.#meterStore.beat(now, now);
  }

  async running(): Promise<LedgerRecord[]> {
    const rows = await this.#state
      .selectFrom('metered_apps')
      .selectAll()
      .where('ended_at', 'is', null)
      .execute();
    return rows.map((row) => ({
      ...{ recordId: row.record_id, appId: row.app_id as AppId, appType: row.app_type },
      ...{ profileName: row.profile_name as ProfileName, team: row.team },
      ...{ imageName: row.image_name, instanceType: row.instance_type },
      ...{ pricePerHour: row.price_per_hour, startedAt: row.started_at },
    }));
  }

  /** What is counted to its end already. */
  async endedIds(now: number): Promise<Set<AppId>> {
    const rows = await this.#state
      .selectFrom('metered_apps')
      .select('app_id')
      .where('ended_at', '>', now - endedKeptMilliseconds)
      .execute();
    return new Set(rows.map(({ app_id: appId }) => appId as AppId));
  }

  start(app: MeteredApp): Promise<number> {
    return this.#meterStore.start(app, app.startedAt);
  }

  async end({ recordId, startedAt }: LedgerRecord, endedAt: number): Promise<void> {
    const milliseconds = Math.max(0, endedAt - startedAt);
    await this.#meterStore.end({ recordId, startedAt, milliseconds, idleMilliseconds: 0 });
  }
}
