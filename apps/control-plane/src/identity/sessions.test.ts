import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState, type State } from '../state/database.ts';
import { IdentityEvents } from './identity-events.ts';
import { PersonRecords } from './person-records.ts';
import { Sessions } from './sessions.ts';

const alice = 'alice' as ProfileName;
let state: State;
let sessions: Sessions;
let minutes: number;
let ended: string[];

beforeEach(async () => {
  minutes = 0;
  ended = [];
  const clock = () => new Date(minutes * 60_000);
  state = await openState(':memory:');
  await new PersonRecords(state, clock).create({ profileName: alice, passwordHash: null });
  const events = new IdentityEvents();
  events.on('sessionEnded', ({ sessionId }) => ended.push(sessionId));
  sessions = new Sessions({ ...{ state, events, clock }, idleMinutes: 60, absoluteHours: 2 });
});
afterEach(() => state.destroy());

describe('a session', () => {
  it('lives on by touches until its absolute end', async () => {
    const { sessionId } = await sessions.start(alice);
    for (minutes = 30; minutes < 120; minutes += 30) {
      expect(await sessions.personOf(sessionId)).toBe('alice');
      await sessions.touch(sessionId);
    }
    expect(await sessions.personOf(sessionId)).toBeUndefined();
  });

  it('that idled away is not brought back by a touch', async () => {
    const { sessionId } = await sessions.start(alice);
    minutes = 60;
    await sessions.touch(sessionId);
    expect(await sessions.personOf(sessionId)).toBeUndefined();
  });

  it('is told to have ended once, by a sweep too', async () => {
    const idle = await sessions.start(alice);
    minutes = 40;
    const young = await sessions.start(alice);
    minutes = 61;
    await sessions.sweep();
    await sessions.sweep();
    expect(ended).toEqual([idle.sessionId]);
    await sessions.end(young.sessionId);
    await sessions.end(young.sessionId);
    expect(ended).toEqual([idle.sessionId, young.sessionId]);
  });

  it('that ended long ago is forgotten with everything that hung on it', async () => {
    const { sessionId } = await sessions.start(alice);
    await state
      .insertInto('studio_sessions')
      .values({ token_hash: 'x', profile_name: alice, session_id: sessionId, created_at: 0 })
      .execute();
    await sessions.end(sessionId);
    minutes = 25 * 60;
    await sessions.sweep();
    expect(await state.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect(await state.selectFrom('studio_sessions').selectAll().execute()).toEqual([]);
  });
});
