import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { State } from './database.ts';

/** Tells this installation's processes and control groups from another's on the same machine. */
export async function readInstallationId(state: State, clock: Clock): Promise<string> {
  const known = await state.selectFrom('installation').select('installation_id').executeTakeFirst();
  if (known !== undefined) return known.installation_id;
  const installationId = randomBytes(6).toString('hex');
  await state
    .insertInto('installation')
    .values({ installation_id: installationId, created_at: clock().getTime() })
    .execute();
  return installationId;
}
