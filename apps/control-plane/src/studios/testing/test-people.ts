import { randomBytes } from 'node:crypto';
import type { ProfileName } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { Person } from '../../identity/person.ts';
import type { State } from '../../state/database.ts';
import type { LaunchRequest } from '../launch-portal.ts';

/** A person as the identity part gives one. */
export function newPerson(name: string, index: number, change: Partial<Person>): Person {
  return {
    profileName: name as ProfileName,
    displayName: `Person ${name}`,
    role: 'data-scientist',
    team: 'research',
    disabled: false,
    hostUid: 350_000 + index,
    language: 'en',
    theme: 'system',
    createdAt: new Date(),
    ...change,
  };
}

/** A launch of one's own studio. */
export function ownStudio(visitor: Person, sessionId: string): LaunchRequest {
  return { visitor, profileName: visitor.profileName, sessionId };
}

/** The person's rows with one console session; answers its id. */
export async function insertPerson(state: State, person: Person, clock: Clock): Promise<string> {
  const sessionId = randomBytes(16).toString('hex');
  const now = clock().getTime();
  await state
    .insertInto('host_uids')
    .values({ host_uid: person.hostUid, profile_name: person.profileName, allocated_at: now })
    .execute();
  await state
    .insertInto('people')
    .values({
      ...{ profile_name: person.profileName, password_hash: null, must_change_password: 0 },
      ...{ disabled: person.disabled ? 1 : 0, host_uid: person.hostUid },
      ...{ language: person.language, theme: person.theme, created_at: now },
    })
    .execute();
  await state
    .insertInto('sessions')
    .values({
      ...{ session_hash: randomBytes(32).toString('hex'), session_id: sessionId },
      ...{ profile_name: person.profileName, csrf_token: '', created_at: now },
      ...{ last_seen_at: now, ended_at: null },
    })
    .execute();
  return sessionId;
}
