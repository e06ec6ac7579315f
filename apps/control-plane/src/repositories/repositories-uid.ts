import type { Clock } from '../clock.ts';
import { readServiceUid } from '../identity/service-uid.ts';
import type { State } from '../state/database.ts';

/** The host uid that Git runs under where it serves repositories. */
export function readRepositoriesUid(state: State, clock: Clock): Promise<number> {
  return readServiceUid(state, clock, '.repositories');
}
