import { createHash } from 'node:crypto';
import type { AppId } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { StudioOnNetwork } from './studio-connection.ts';

/** The first of the 4,096 addresses that flow records give to studios: 10.0.16.0/20. */
const firstHost = 16 * 256;
const hostCount = 4_096;

/** How a studio appears in the flow log: the same for one profile always. */
export function studioOnNetwork(person: Person, appId: AppId): StudioOnNetwork {
  const { profileName, team, hostUid } = person;
  const host = firstHost + (hostUid % hostCount);
  const digest = createHash('sha256').update(profileName).digest('hex');
  return {
    ...{ profileName, team, appId },
    address: `10.0.${host >> 8}.${host & 0xff}`,
    interfaceId: `eni-${digest.slice(0, 17)}`,
  };
}
