import type { ProfileName } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';

/** Who made whose account or one-time password, and could have signed in as them since. */
export class AccountHandovers {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async record(profileName: ProfileName, givenBy: ProfileName): Promise<void> {
    await this.#state
      .insertInto('account_handovers')
      .values({
        ...{ profile_name: profileName, given_by: givenBy },
        given_at: this.#clock().getTime(),
      })
      .execute();
  }

  /**
   * Everybody who may be acting where this person seems to: the person, who gave them their password
   * since then, who gave it to those, and so on.
   */
  async handsOf(profileName: ProfileName, since: Date): Promise<ReadonlySet<ProfileName>> {
    const rows = await this.#state
      .selectFrom('account_handovers')
      .select(['profile_name', 'given_by'])
      .where('given_at', '>=', since.getTime())
      .execute();
    const hands = new Set([profileName]);
    // A set is walked to its end also while it grows.
    for (const hand of hands) {
      for (const row of rows) {
        if (row.profile_name === hand) hands.add(row.given_by as ProfileName);
      }
    }
    return hands;
  }
}
