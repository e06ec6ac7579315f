import type { ProfileName } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';

/** Far above the uids of people and services of a host (Debian gives people 1000 to 59999). */
export const firstHostUid = 200_000;

export interface NewRecord {
  readonly profileName: ProfileName;
  /** Null: nobody can sign in until a one-time password is made. */
  readonly passwordHash: string | null;
}

/** What the state keeps of a person from the day they are added to the day they are removed. */
export class PersonRecords {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  /** Resolves to the person's host uid, which nobody had before. */
  create({ profileName, passwordHash }: NewRecord): Promise<number> {
    const now = this.#clock().getTime();
    return this.#state.transaction().execute(async (transaction) => {
      const { last } = await transaction
        .selectFrom('host_uids')
        .select(({ fn }) => fn.max('host_uid').as('last'))
        .executeTakeFirstOrThrow();
      const hostUid = last === null ? firstHostUid : Number(last) + 1;
      await transaction
        .insertInto('host_uids')
        .values({ host_uid: hostUid, profile_name: profileName, allocated_at: now })
        .execute();
      await transaction
        .insertInto('people')
        .values({
          profile_name: profileName,
          password_hash: passwordHash,
          must_change_password: 1,
          disabled: 0,
          host_uid: hostUid,
          language: 'en',
          theme: 'system',
          created_at: now,
        })
        .execute();
      return hostUid;
    });
  }

  async names(): Promise<ProfileName[]> {
    const rows = await this.#state.selectFrom('people').select('profile_name').execute();
    return rows.map((row) => row.profile_name as ProfileName);
  }

  async passwordHash(profileName: ProfileName): Promise<string | null> {
    const row = await this.#state
      .selectFrom('people')
      .select('password_hash')
      .where('profile_name', '=', profileName)
      .executeTakeFirst();
    return row?.password_hash ?? null;
  }

  /** False where the hash is no longer the one that was verified: another change came first. */
  async replacePassword(
    profileName: ProfileName,
    change: { from?: string; to: string; mustChange: boolean },
  ): Promise<boolean> {
    let query = this.#state
      .updateTable('people')
      .set({ password_hash: change.to, must_change_password: change.mustChange ? 1 : 0 })
      .where('profile_name', '=', profileName);
    if (change.from !== undefined) query = query.where('password_hash', '=', change.from);
    const { numUpdatedRows } = await query.executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async update(
    profileName: ProfileName,
    values: Partial<Pick<PersonRow, 'disabled' | 'language' | 'theme'>>,
  ): Promise<void> {
    await this.#state
      .updateTable('people')
      .set(values)
      .where('profile_name', '=', profileName)
      .execute();
  }

  /** Sessions, cookies and unused presigned URLs go with it. */
  async delete(profileName: ProfileName): Promise<void> {
    await this.#state.deleteFrom('people').where('profile_name', '=', profileName).execute();
  }
}

type PersonRow = Schema['people'];
