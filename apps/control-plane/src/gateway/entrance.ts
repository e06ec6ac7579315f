import type { ProfileName } from '@strongroom/contracts';
import type { StudioLog } from '../studios/studio-log.ts';
import { type ConnectionKind, OpenConnections } from './open-connections.ts';
import { tooManyRequests } from './refusal.ts';
import type { Admission, EntryAttempt, GatewayAudit, StudioSessions } from './studio-sessions.ts';

export interface Entry extends Admission {
  /** Called at the end of the request or WebSocket. */
  leave(): void;
}

/**
 * Whatever ends a right without an event (a policy, the time) is noticed by what is open within this.
 */
const reviewMilliseconds = 5_000;

/** Lets requests and WebSockets in, and cuts those whose right has ended. */
export class Entrance {
  readonly #sessions: StudioSessions;
  readonly #audit: GatewayAudit;
  readonly #log: StudioLog;
  readonly #connections = new OpenConnections();
  readonly #review: NodeJS.Timeout;
  /** Changes with every revocation, so that one that comes during an admission is not missed. */
  #revocationCount = 0;

  constructor(sessions: StudioSessions, audit: GatewayAudit, log: StudioLog) {
    this.#sessions = sessions;
    this.#audit = audit;
    this.#log = log;
    this.#review = setInterval(() => void this.review(), reviewMilliseconds).unref();
  }

  /**
   * INVARIANT: from the decision to the entry in the list nothing else runs, so what is let in can be
   * cut.
   *
   * @throws {StrongroomError} `NotSignedIn`, `PersonDisabled`, `AccessDenied`, `TooManyRequests`,
   *   `AuditUnavailable`
   */
  async enter(kind: ConnectionKind, who: EntryAttempt, cut: () => void): Promise<Entry> {
    for (;;) {
      const revocationCount = this.#revocationCount;
      const admission = await this.#sessions.admit(who);
      await this.#recordVisit(admission, who);
      if (revocationCount !== this.#revocationCount) continue;
      const leave = this.#connections.open(kind, admission, cut);
      if (leave === undefined) throw tooManyRequests();
      return { ...admission, leave };
    }
  }

  /** Somebody else's entry is evidence for the owner, also long after the launch. */
  async #recordVisit(
    { person, visitor, sessionId }: Admission,
    { remoteAddress }: EntryAttempt,
  ): Promise<void> {
    if (visitor.profileName === person.profileName) return;
    const actor = { profileName: visitor.profileName, remoteAddress, reference: '-' };
    await this.#audit.studioEntered(actor, person.profileName, sessionId);
  }

  async endSession(sessionId: string): Promise<void> {
    this.#revocationCount += 1;
    this.#connections.cutSession(sessionId);
    await this.#sessions.endOfSession(sessionId);
  }

  endStudio(profileName: ProfileName): void {
    this.#revocationCount += 1;
    this.#connections.cutStudio(profileName);
  }

  close(): void {
    clearInterval(this.#review);
    this.#revocationCount += 1;
    this.#connections.cutAll();
  }

  /** Decides anew for everything that is open; what cannot be decided is cut as well. */
  async review(): Promise<void> {
    for (const { person, tokenHash } of this.#connections.admissions()) {
      const { profileName } = person;
      try {
        await this.#sessions.admitHash(profileName, tokenHash);
      } catch (error) {
        this.#log.info({ profileName, err: error }, 'Cut the connections of a studio session');
        this.#connections.cutStudioSession(tokenHash);
      }
    }
  }
}
