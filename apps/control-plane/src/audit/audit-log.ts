import type { EgressRequest, ProfileName } from '@strongroom/contracts';
import type { Logger } from 'pino';
import type { AccessRequest, Decision } from '../policies/access-request.ts';

/** Who did it, from where, in which request: `reference` is what an error answer shows. */
export interface Actor {
  readonly profileName: ProfileName | undefined;
  readonly remoteAddress: string | undefined;
  readonly reference: string;
}

/**
 * Every security event, one function each. Nothing written here is or contains a secret: no
 * password, no token, no cookie. Names that were typed at a sign-in are written only where they
 * exist, since people type passwords there by mistake.
 */
export class AuditLog {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log.child({ kind: 'audit' });
  }

  signInSucceeded(actor: Actor, sessionId: string): void {
    this.#write('sign-in-succeeded', actor, { sessionId });
  }

  signInFailed(actor: Actor, code: string): void {
    this.#write('sign-in-failed', actor, { code }, 'warn');
  }

  signInThrottled(actor: Actor, retryAfterSeconds: number): void {
    this.#write('sign-in-throttled', actor, { retryAfterSeconds }, 'warn');
  }

  signedOut(actor: Actor, sessionId: string): void {
    this.#write('signed-out', actor, { sessionId });
  }

  passwordChanged(actor: Actor, sessionId: string): void {
    this.#write('password-changed', actor, { sessionId });
  }

  passwordChangeFailed(actor: Actor, code: string): void {
    this.#write('password-change-failed', actor, { code }, 'warn');
  }

  oneTimePasswordCreated(actor: Actor, target: ProfileName): void {
    this.#write('one-time-password-created', actor, { target });
  }

  profileCreated(actor: Actor, target: ProfileName, hostUid: number): void {
    this.#write('profile-created', actor, { target, hostUid });
  }

  profileDisabled(actor: Actor, target: ProfileName): void {
    this.#write('profile-disabled', actor, { target });
  }

  profileEnabled(actor: Actor, target: ProfileName): void {
    this.#write('profile-enabled', actor, { target });
  }

  profileRemoved(actor: Actor, target: ProfileName, deleteHome: boolean): void {
    this.#write('profile-removed', actor, { target, deleteHome });
  }

  accessDenied(actor: Actor, request: Omit<AccessRequest, 'principal'>, decision: Decision): void {
    const { action, resource } = request;
    this.#write('access-denied', actor, { action, resource, rule: decision.rule }, 'warn');
  }

  crossSiteRequestRefused(
    actor: Actor,
    fields: { method: string; path: string; why: string },
  ): void {
    this.#write('cross-site-request-refused', actor, fields, 'warn');
  }

  studioLaunched(actor: Actor, target: ProfileName, launchId: string): void {
    this.#write('studio-launched', actor, { target, launchId });
  }

  appStopped(actor: Actor, target: ProfileName, appId: string): void {
    this.#write('app-stopped', actor, { target, appId });
  }

  fileDownloaded(actor: Actor, target: ProfileName, sizeBytes: number): void {
    this.#write('file-downloaded', actor, { target, sizeBytes });
  }

  sessionEnded(target: ProfileName, sessionId: string): void {
    this.#write('session-ended', noActor, { target, sessionId });
  }

  /** `accepted`: the controls that this machine does not hold, by the operator's choice. */
  controlsInspected(accepted: readonly string[]): void {
    this.#write('controls-inspected', noActor, { accepted });
  }

  /** Asked for, approved, refused, withdrawn, ended; `state` says which. */
  egressChanged(actor: Actor, request: EgressRequest): void {
    const { requestId, state, subject, mode, destinations, reason, endsAt, requestedBy } = request;
    const fields = { requestId, state, subject, mode, destinations, reason, endsAt, requestedBy };
    this.#write('egress-changed', actor, fields);
  }

  egressExpired({ requestId, subject }: EgressRequest): void {
    this.#write('egress-expired', noActor, { requestId, subject });
  }

  authorityRotated(actor: Actor, fields: { fingerprint: string; immediately: boolean }): void {
    this.#write('authority-rotated', actor, fields);
  }

  /** One of the administrators' own documents has a new text, and it is in force. */
  policyChanged(file: string): void {
    this.#write('policy-changed', noActor, { file });
  }

  policyRefused(file: string, problem: string): void {
    this.#write('policy-refused', noActor, { file, problem }, 'warn');
  }

  #write(event: string, actor: Actor, fields: object, level: 'info' | 'warn' = 'info'): void {
    this.#log[level]({ event, ...actor, ...fields }, event);
  }
}

/** The control plane itself. */
const noActor: Actor = { profileName: undefined, remoteAddress: undefined, reference: '-' };
