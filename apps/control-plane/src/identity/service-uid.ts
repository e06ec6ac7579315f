import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';
import { firstHostUid } from './person-records.ts';

/**
 * A host uid that is nobody's, and the same for good. `ownerName` stands in the table of uids where a
 * profile would, and begins with a dot, which no profile's name holds.
 */
export function readServiceUid(
  state: State,
  clock: Clock,
  ownerName: `.${string}`,
): Promise<number> {
  return state.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('host_uids')
      .select('host_uid')
      .where('profile_name', '=', ownerName)
      .executeTakeFirst();
    if (known !== undefined) return known.host_uid;
    const { last } = await transaction
      .selectFrom('host_uids')
      .select(({ fn }) => fn.max('host_uid').as('last'))
      .executeTakeFirstOrThrow();
    const hostUid = last === null ? firstHostUid : Number(last) + 1;
    const now = clock().getTime();
    await transaction
      .insertInto('host_uids')
      .values({ host_uid: hostUid, profile_name: ownerName, allocated_at: now })
      .execute();
    return hostUid;
  });
}
