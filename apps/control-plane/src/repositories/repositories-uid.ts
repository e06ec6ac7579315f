import type { Clock } from '../clock.ts';
import { firstHostUid } from '../identity/person-records.ts';
import type { State } from '../state/database.ts';

/** Stands in the table of uids where a profile would; no profile's name holds a dot. */
const ownerName = '.repositories';

/** The host uid that Git runs under where it serves repositories: nobody's, and the same for good. */
export function readRepositoriesUid(state: State, clock: Clock): Promise<number> {
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
