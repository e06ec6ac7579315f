import { type Preferences, type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { IdentityEvents } from './identity-events.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { requireAcceptablePassword } from './password-rules.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';
import type { PersonRecords } from './person-records.ts';
import type { ConsoleSession, Sessions } from './sessions.ts';
import type { SignInAttempt, SignInThrottle } from './sign-in-throttle.ts';

export interface AccountsOptions {
  readonly people: People;
  readonly records: PersonRecords;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
  readonly throttle: SignInThrottle;
  readonly events: IdentityEvents;
}

/** Writes down that a session begins: where it rejects, the session ends and nothing starts for it. */
export type RecordSession = (session: ConsoleSession) => Promise<void>;

export interface SignInRequest {
  readonly profileName: string;
  readonly password: string;
  readonly remoteAddress: string | undefined;
  /** The token of the session that this browser has, which ends. */
  readonly previousToken: string | undefined;
  readonly record: RecordSession;
}

export interface StartedSession {
  readonly person: Person;
  readonly session: ConsoleSession;
  /** For the cookie, and nowhere else. */
  readonly token: string;
}

/** What a person does about their own account. */
export class Accounts {
  readonly #options: AccountsOptions;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  /**
   * @throws {StrongroomError} `InvalidCredentials` (which of the two is wrong is not said),
   * `SignInThrottled`, `TooManyRequests`, `PersonDisabled` (only to who knows the password)
   */
  async signIn(request: SignInRequest): Promise<StartedSession> {
    const { people, records, sessions } = this.#options;
    const person = await people.find(request.profileName);
    const passwordHash = person && (await records.passwordHash(person.profileName));
    await this.#requireRightPassword(request, request.password, passwordHash);
    // Known from here on to be the person, who must exist for a password to be right.
    if (person === undefined || passwordHash === null) throw invalidCredentials();
    if (person.disabled) throw personDisabled(person.profileName);
    if ((await records.passwordHash(person.profileName)) !== passwordHash) {
      throw invalidCredentials();
    }
    const previous = request.previousToken && (await sessions.find(request.previousToken));
    if (previous) await sessions.end(previous.sessionId);
    return this.#startSession(person, request.record);
  }

  signOut(session: ConsoleSession): Promise<void> {
    return this.#options.sessions.end(session.sessionId);
  }

  /**
   * Ends every session of the person and starts a new one.
   *
   * @throws {StrongroomError} `InvalidCredentials`, `PasswordTooWeak`, `SignInThrottled`
   */
  async changePassword(
    person: Person,
    change: {
      currentPassword: string;
      newPassword: string;
      remoteAddress: string | undefined;
      record: RecordSession;
    },
  ): Promise<StartedSession> {
    const { records, hasher, sessions } = this.#options;
    const { profileName, displayName } = person;
    const { currentPassword, newPassword, remoteAddress } = change;
    const currentHash = await records.passwordHash(profileName);
    await this.#requireRightPassword({ profileName, remoteAddress }, currentPassword, currentHash);
    requireAcceptablePassword({ newPassword, currentPassword, profileName, displayName });
    const isReplaced = await records.replacePassword(profileName, {
      from: currentHash ?? '',
      to: await hasher.hash(newPassword),
      mustChange: false,
    });
    if (!isReplaced) throw invalidCredentials();
    await sessions.endAllOf(profileName);
    return this.#startSession(person, change.record);
  }

  async setPreferences(person: Person, preferences: Preferences): Promise<void> {
    const { profileName } = person;
    await this.#options.records.update(profileName, preferences);
    if (preferences.language !== person.language) {
      const { language } = preferences;
      this.#options.events.emit('languageChanged', { profileName, language });
    }
  }

  async #requireRightPassword(
    attempt: SignInAttempt,
    password: string,
    passwordHash: string | null | undefined,
  ): Promise<void> {
    const { throttle, hasher } = this.#options;
    const { profileName, remoteAddress } = attempt;
    throttle.admit({ profileName, remoteAddress });
    let isRight: boolean;
    try {
      isRight = await hasher.verify(password, passwordHash);
    } catch (error) {
      throttle.withdraw({ profileName, remoteAddress });
      throw error;
    }
    if (!isRight) throw invalidCredentials();
    throttle.succeeded({ profileName, remoteAddress });
  }

  async #startSession(person: Person, record: RecordSession): Promise<StartedSession> {
    const { sessions, events } = this.#options;
    const { profileName } = person;
    const { token, sessionId } = await sessions.start(profileName);
    const session = await sessions.find(token);
    // Disabled or removed since the password was checked.
    if (session === undefined) throw personDisabled(profileName);
    await record(session).catch(async (error: unknown) => {
      await sessions.end(sessionId);
      throw error;
    });
    if (!session.mustChangePassword) events.emit('signedIn', { profileName, sessionId });
    return { person, session, token };
  }
}

function invalidCredentials(): StrongroomError {
  return new StrongroomError(
    'InvalidCredentials',
    'Cannot sign in: the name or the password is wrong',
    {
      remedy: 'An administrator can make you a new one-time password.',
    },
  );
}

function personDisabled(profileName: ProfileName): StrongroomError {
  return new StrongroomError(
    'PersonDisabled',
    `Cannot sign in: the profile "${profileName}" is disabled`,
    { remedy: 'Ask an administrator to enable it.', values: { profileName } },
  );
}
