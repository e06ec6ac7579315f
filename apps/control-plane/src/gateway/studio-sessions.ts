import { createHash, randomBytes } from 'node:crypto';
import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { Sessions } from '../identity/sessions.ts';
import { accessDenied } from '../policies/access-denied.ts';
import type { Authorize } from '../policies/access-request.ts';
import type { State } from '../state/database.ts';
import { newReference } from '../studios/reference.ts';

/** Who is at the other end of a request: decided anew for each. */
export interface Admission {
  /** Whose studio it is. */
  readonly person: Person;
  /** Who is in it: the owner, or whom policy lets in as well. */
  readonly visitor: Person;
  /** The console session that this studio session lives and dies with. */
  readonly sessionId: string;
  readonly tokenHash: string;
}

/** Who knocks: the cookie's token and where it came from. */
export interface EntryAttempt {
  readonly profileName: ProfileName;
  readonly token: string | undefined;
  readonly remoteAddress: string | undefined;
}

export type GatewayAudit = Pick<AuditLog, 'accessDenied' | 'studioSessionBegan' | 'studioEntered'>;

/** A refusal that is in the audit trail under its reference. */
export class EntryDeniedError extends StrongroomError {
  readonly reference = newReference();

  constructor({ code, message, remedy, values }: StrongroomError) {
    super(code, message, { ...(remedy === undefined ? {} : { remedy }), values: { ...values } });
  }
}

export interface StudioSessionsOptions {
  readonly state: State;
  readonly people: Pick<People, 'find'>;
  readonly sessions: Pick<Sessions, 'personOf'>;
  readonly authorize: Authorize;
  readonly audit: GatewayAudit;
  readonly clock: Clock;
}

const tokenBytes = 32;

/** The sessions of the studios' origins: each belongs to one profile and one console session. */
export class StudioSessions {
  readonly #options: StudioSessionsOptions;

  constructor(options: StudioSessionsOptions) {
    this.#options = options;
  }

  /**
   * The cookie's token of a new studio session.
   *
   * @throws {StrongroomError} `NotSignedIn`, `PersonDisabled`, `AccessDenied`, `AuditUnavailable`
   */
  async begin(
    profileName: ProfileName,
    sessionId: string,
    remoteAddress: string | undefined,
  ): Promise<string> {
    const { visitor } = await this.#admitSession(profileName, sessionId, remoteAddress);
    const actor = { profileName: visitor.profileName, remoteAddress, reference: '-' };
    await this.#options.audit.studioSessionBegan(actor, profileName, sessionId);
    const token = randomBytes(tokenBytes).toString('base64url');
    await this.#options.state
      .insertInto('studio_sessions')
      .values({
        token_hash: hashToken(token),
        profile_name: profileName,
        session_id: sessionId,
        created_at: this.#options.clock().getTime(),
      })
      .execute();
    return token;
  }

  /** @throws {StrongroomError} `NotSignedIn`, `PersonDisabled`, `AccessDenied` */
  async admit({ profileName, token, remoteAddress }: EntryAttempt): Promise<Admission> {
    if (token === undefined) throw notSignedIn();
    return this.admitHash(profileName, hashToken(token), remoteAddress);
  }

  /**
   * INVARIANT: a studio session opens only the studio it was made for, while its console session
   * lives and policy allows it. What is looked up is the hash, so timing tells nothing of a token.
   *
   * @throws {StrongroomError} `NotSignedIn`, `PersonDisabled`, `AccessDenied`
   */
  async admitHash(
    profileName: ProfileName,
    tokenHash: string,
    remoteAddress?: string,
  ): Promise<Admission> {
    const row = await this.#options.state
      .selectFrom('studio_sessions')
      .select('session_id')
      .where('token_hash', '=', tokenHash)
      .where('profile_name', '=', profileName)
      .executeTakeFirst();
    if (row === undefined) throw notSignedIn();
    const people = await this.#admitSession(profileName, row.session_id, remoteAddress);
    return { ...people, sessionId: row.session_id, tokenHash };
  }

  /** Every cookie that was made from this console session. */
  async endOfSession(sessionId: string): Promise<void> {
    await this.#options.state
      .deleteFrom('studio_sessions')
      .where('session_id', '=', sessionId)
      .execute();
  }

  async #admitSession(
    profileName: ProfileName,
    sessionId: string,
    remoteAddress: string | undefined,
  ) {
    const { people, sessions, authorize, audit } = this.#options;
    const person = await people.find(profileName);
    if (person === undefined) throw notSignedIn();
    if (person.disabled) throw personDisabled();
    const visitorName = await sessions.personOf(sessionId);
    const visitor = visitorName === undefined ? undefined : await people.find(visitorName);
    if (visitor === undefined) throw notSignedIn();
    const action = 'sagemaker:CreatePresignedDomainUrl';
    const decision = authorize({ principal: visitor, action, resource: profileName });
    if (decision.allowed) return { person, visitor };
    const denied = new EntryDeniedError(accessDenied(decision, { action, profileName }));
    const actor = {
      ...{ profileName: visitor.profileName, remoteAddress, reference: denied.reference },
    };
    await audit.accessDenied(actor, { action, resource: profileName }, decision);
    throw denied;
  }
}

function personDisabled(): StrongroomError {
  return new StrongroomError('PersonDisabled', 'This profile is disabled', {
    remedy: 'Ask an administrator of the domain',
  });
}

function notSignedIn(): StrongroomError {
  return new StrongroomError('NotSignedIn', 'You are not signed in to this studio', {
    remedy: 'Sign in at the console and launch the studio there',
  });
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
