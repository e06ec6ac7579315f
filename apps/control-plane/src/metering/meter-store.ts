import type { AppId, ProfileName } from '@strongroom/contracts';
import { type Selectable, sql } from 'kysely';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';
import type { MeteredApp, MeteredUse } from './metered-app.ts';
import { dayOf, hourMilliseconds, type Month } from './month.ts';
import { type Slice, sliceByDay } from './slices.ts';

export interface MeterEnd {
  readonly recordId: number;
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly idleMilliseconds: number;
}

/** The records of the meter, in the state. */
export class MeterStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /**
   * For a start: whatever an earlier control plane left open ended at its last heartbeat, which is
   * answered; `undefined` where there was none. From here on time is counted from 0.
   */
  async recover(now: number): Promise<Date | undefined> {
    return this.#state.transaction().execute(async (state) => {
      const last = await state.selectFrom('meter_heartbeat').selectAll().executeTakeFirst();
      const measured = sql<number>`max(0, ${last?.elapsed ?? 0} - started_elapsed)`;
      await state
        .updateTable('metered_apps')
        .set({
          metered_milliseconds: measured,
          ended_at: sql<number>`started_at + ${measured}`,
          idle_milliseconds: sql<number>`min(idle_milliseconds, ${measured})`,
        })
        .where('ended_at', 'is', null)
        .execute();
      await state.deleteFrom('meter_heartbeat').execute();
      const first = { only_row: 1, elapsed: 0, beaten_at: now } as const;
      await state.insertInto('meter_heartbeat').values(first).execute();
      return last === undefined ? undefined : new Date(last.beaten_at);
    });
  }

  /** One row for however many apps run. */
  async beat(elapsed: number, now: number): Promise<void> {
    await this.#state.updateTable('meter_heartbeat').set({ elapsed, beaten_at: now }).execute();
  }

  /** Answers the record's number. */
  async start(app: MeteredApp, startedElapsed: number): Promise<number> {
    const { record_id: recordId } = await this.#state
      .insertInto('metered_apps')
      .values({
        ...{ app_id: app.appId, app_type: app.appType, profile_name: app.profileName },
        ...{ team: app.team, image_name: app.imageName, instance_type: app.instanceType },
        ...{ price_per_hour: app.pricePerHour, started_at: app.startedAt },
        ...{ started_elapsed: startedElapsed, ended_at: null, metered_milliseconds: null },
        idle_milliseconds: 0,
      })
      .returning('record_id')
      .executeTakeFirstOrThrow();
    return recordId;
  }

  async end({ recordId, startedAt, milliseconds, idleMilliseconds }: MeterEnd): Promise<void> {
    await this.#state
      .updateTable('metered_apps')
      .set({
        ...{ ended_at: startedAt + milliseconds, metered_milliseconds: milliseconds },
        idle_milliseconds: Math.min(milliseconds, idleMilliseconds),
      })
      .where('record_id', '=', recordId)
      .execute();
  }

  /** By record number, in one statement: a kill forgets no more than the minute since. */
  async saveIdle(idleMilliseconds: ReadonlyMap<number, number>): Promise<void> {
    const json = JSON.stringify(Object.fromEntries(idleMilliseconds));
    await sql`
      update metered_apps set idle_milliseconds = idle.value
      from json_each(${json}) as idle
      where record_id = cast(idle.key as integer) and ended_at is null
    `.execute(this.#state);
  }

  /** What everybody's ended apps used in this month: those that are charged. */
  async endedSlices(month: Month): Promise<Slice[]> {
    const whole = await this.#wholeDays(month);
    const others = await this.#ended(month)
      .where('app_type', '!=', 'JupyterServer')
      .where((where) => where.not(isOfOneDay(month)))
      .execute();
    return [...whole, ...others.flatMap((row) => sliceByDay(toUse(row), month))];
  }

  /** Of nearly all apps: begun and ended on one day of the month. */
  async #wholeDays(month: Month): Promise<Slice[]> {
    const day = sql<number>`started_at / 86400000`;
    const rows = await this.#state
      .selectFrom('metered_apps')
      .select(['profile_name', 'team', 'image_name', 'instance_type', day.as('day')])
      .select([
        sql<number>`sum(metered_milliseconds)`.as('milliseconds'),
        sql<number>`sum(idle_milliseconds)`.as('idle'),
        sql<number>`total(price_per_hour * metered_milliseconds)`.as('price'),
      ])
      .where('ended_at', '>', month.fromMilliseconds)
      .where('app_type', '!=', 'JupyterServer')
      .where(isOfOneDay(month))
      .groupBy(['profile_name', 'team', 'image_name', 'instance_type', day])
      .execute();
    return rows.map((row) => ({
      ...{ day: dayOf(row.day * 86_400_000), profileName: row.profile_name, team: row.team },
      ...{ imageName: row.image_name, instanceType: row.instance_type },
      ...{ milliseconds: row.milliseconds, idleMilliseconds: row.idle },
      amount: row.price / hourMilliseconds,
    }));
  }

  /** Every app that ended in this month or ran into it, the earliest first. */
  async endedUses(month: Month, profileName?: ProfileName): Promise<MeteredUse[]> {
    const rows = await this.#ended(month, profileName).orderBy('started_at').execute();
    return rows.map(toUse);
  }

  #ended(month: Month, profileName?: ProfileName) {
    const query = this.#state
      .selectFrom('metered_apps')
      .selectAll()
      .where('ended_at', '>', month.fromMilliseconds)
      .where('started_at', '<', month.toMilliseconds);
    return profileName === undefined ? query : query.where('profile_name', '=', profileName);
  }
}

function isOfOneDay({ fromMilliseconds, toMilliseconds }: Month) {
  return sql<boolean>`(
    started_at >= ${fromMilliseconds} and ended_at <= ${toMilliseconds}
    and started_at / 86400000 = max(started_at, ended_at - 1) / 86400000
  )`;
}

function toUse(row: Selectable<Schema['metered_apps']>): MeteredUse {
  return {
    ...{ appId: row.app_id as AppId, appType: row.app_type, team: row.team },
    profileName: row.profile_name as ProfileName,
    ...{ imageName: row.image_name, instanceType: row.instance_type },
    ...{ pricePerHour: row.price_per_hour, startedAt: row.started_at },
    milliseconds: row.metered_milliseconds ?? 0,
    idleMilliseconds: row.idle_milliseconds,
    hasEnded: row.ended_at !== null,
  };
}
