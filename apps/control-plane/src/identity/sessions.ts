import { createHash, randomBytes } from 'node:crypto';
import type { ProfileName } from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';
import type { IdentityEvents } from './identity-events.ts';

export interface ConsoleSession {
  readonly sessionId: string;
  readonly profileName: ProfileName;
  readonly csrfToken: string;
  readonly mustChangePassword: boolean;
  readonly createdAt: Date;
}

export interface SessionsOptions {
  readonly state: State;
  readonly events: IdentityEvents;
  readonly clock: Clock;
  readonly idleMinutes: number;
  readonly absoluteHours: number;
}

const tokenBytes = 32;
/** A busy studio calls `touch` for each request; it is written at most this often. */
const touchIntervalMilliseconds = 30_000;
const keepEndedMilliseconds = 24 * 60 * 60 * 1000;

/** The console's sessions: kept here and only here, so that ending one ends it everywhere. */
export class Sessions {
  readonly #state: State;
  readonly #events: IdentityEvents;
  readonly #clock: Clock;
  readonly #idleMilliseconds: number;
  readonly #absoluteMilliseconds: number;

  constructor(options: SessionsOptions) {
    this.#state = options.state;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#idleMilliseconds = options.idleMinutes * 60_000;
    this.#absoluteMilliseconds = options.absoluteHours * 3_600_000;
  }

  /** A new id at every sign-in: one planted in the browser before it is worth nothing. */
  async start(profileName: ProfileName): Promise<{ token: string; sessionId: string }> {
    const token = randomBytes(tokenBytes).toString('base64url');
    const sessionId = randomBytes(16).toString('hex');
    const now = this.#clock().getTime();
    await this.#state
      .insertInto('sessions')
      .values({
        session_hash: hashToken(token),
        session_id: sessionId,
        profile_name: profileName,
        csrf_token: randomBytes(tokenBytes).toString('base64url'),
        created_at: now,
        last_seen_at: now,
        ended_at: null,
      })
      .execute();
    return { token, sessionId };
  }

  /** The live session of a cookie. */
  async find(token: string): Promise<ConsoleSession | undefined> {
    return this.#live('session_hash', hashToken(token));
  }

  /**
   * Whose session it is, where it has neither ended nor expired and its person may still sign in.
   * A changed password ends the sessions from before it.
   */
  async personOf(sessionId: string): Promise<ProfileName | undefined> {
    return (await this.#live('session_id', sessionId))?.profileName;
  }

  /** Work in a studio keeps its session from idling away, never past the absolute end. */
  async touch(sessionId: string): Promise<void> {
    const now = this.#clock().getTime();
    await this.#state
      .updateTable('sessions')
      .set({ last_seen_at: now })
      .where('session_id', '=', sessionId)
      .where('ended_at', 'is', null)
      .where('last_seen_at', '<=', now - touchIntervalMilliseconds)
      .where('last_seen_at', '>', now - this.#idleMilliseconds)
      .execute();
  }

  async end(sessionId: string): Promise<void> {
    await this.#endWhere({ sessionId });
  }

  /** Disabled, removed, or the password changed. */
  async endAllOf(profileName: ProfileName): Promise<void> {
    await this.#endWhere({ profileName });
  }

  /** Ends what has expired, so that its WebSockets close too, and forgets what ended long ago. */
  async sweep(): Promise<void> {
    const now = this.#clock().getTime();
    await this.#endWhere({ expiredAt: now });
    await this.#state
      .deleteFrom('sessions')
      .where('ended_at', '<', now - keepEndedMilliseconds)
      .execute();
  }

  async #endWhere(which: {
    sessionId?: string;
    profileName?: ProfileName;
    expiredAt?: number;
  }): Promise<void> {
    let query = this.#state
      .updateTable('sessions')
      .set({ ended_at: this.#clock().getTime() })
      .where('ended_at', 'is', null);
    if (which.sessionId !== undefined) query = query.where('session_id', '=', which.sessionId);
    if (which.profileName !== undefined) {
      query = query.where('profile_name', '=', which.profileName);
    }
    if (which.expiredAt !== undefined) {
      const idleBefore = which.expiredAt - this.#idleMilliseconds;
      const createdBefore = which.expiredAt - this.#absoluteMilliseconds;
      query = query.where((where) =>
        where.or([
          where('last_seen_at', '<=', idleBefore),
          where('created_at', '<=', createdBefore),
        ]),
      );
    }
    const ended = await query.returning(['profile_name', 'session_id']).execute();
    for (const row of ended) {
      this.#events.emit('sessionEnded', {
        profileName: row.profile_name as ProfileName,
        sessionId: row.session_id,
      });
    }
  }

  async #live(column: 'session_hash' | 'session_id', value: string) {
    const row = await this.#state
      .selectFrom('sessions')
      .innerJoin('people', 'people.profile_name', 'sessions.profile_name')
      .selectAll('sessions')
      .select('people.must_change_password')
      .where(`sessions.${column}`, '=', value)
      .where('sessions.ended_at', 'is', null)
      .where('people.disabled', '=', 0)
      .executeTakeFirst();
    return row && !this.#isExpired(row) ? toSession(row) : undefined;
  }

  #isExpired(row: { last_seen_at: number; created_at: number }): boolean {
    const now = this.#clock().getTime();
    return (
      now - row.last_seen_at >= this.#idleMilliseconds ||
      now - row.created_at >= this.#absoluteMilliseconds
    );
  }
}

function toSession(
  row: Selectable<Schema['sessions']> & Pick<Schema['people'], 'must_change_password'>,
): ConsoleSession {
  return {
    sessionId: row.session_id,
    profileName: row.profile_name as ProfileName,
    csrfToken: row.csrf_token,
    mustChangePassword: row.must_change_password === 1,
    createdAt: new Date(row.created_at),
  };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
