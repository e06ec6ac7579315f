import type { AuditTrail } from '@strongroom/audit-trail';
import { type EgressRequest, type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { KeyUse } from '@strongroom/sealing';
import type { Logger } from 'pino';
import type { AccessRequest, Decision } from '../policies/access-request.ts';

/** Who did it, from where, in which request: `reference` is what an error answer shows. */
export interface Actor {
  readonly profileName: ProfileName | undefined;
  readonly remoteAddress: string | undefined;
  readonly reference: string;
}

/**
 * Every security event, one function each. A function that answers a promise is awaited before the act
 * is answered, so that nothing is done that is not written down. Nothing written here is or contains a secret: no
 * password, no token, no cookie. Names that were typed at a sign-in are written only where they
 * exist, since people type passwords there by mistake.
 */
export class AuditLog {
  readonly #trail: Pick<AuditTrail, 'append'>;
  readonly #log: Logger;

  constructor(trail: Pick<AuditTrail, 'append'>, log: Logger) {
    this.#trail = trail;
    this.#log = log.child({ kind: 'audit' });
  }

  signInSucceeded(actor: Actor, sessionId: string): Promise<void> {
    return this.#write('sign-in-succeeded', actor, { sessionId });
  }

  signInFailed(actor: Actor, code: string): Promise<void> {
    return this.#write('sign-in-failed', actor, { code }, 'warn');
  }

  signInThrottled(actor: Actor, retryAfterSeconds: number): Promise<void> {
    return this.#write('sign-in-throttled', actor, { retryAfterSeconds }, 'warn');
  }

  signedOut(actor: Actor, sessionId: string): Promise<void> {
    return this.#write('signed-out', actor, { sessionId });
  }

  passwordChanged(actor: Actor, sessionId: string): Promise<void> {
    return this.#write('password-changed', actor, { sessionId });
  }

  passwordChangeFailed(actor: Actor, code: string): Promise<void> {
    return this.#write('password-change-failed', actor, { code }, 'warn');
  }

  oneTimePasswordCreated(actor: Actor, target: ProfileName): Promise<void> {
    return this.#write('one-time-password-created', actor, { target });
  }

  profileCreated(actor: Actor, target: ProfileName, hostUid: number): Promise<void> {
    return this.#write('profile-created', actor, { target, hostUid });
  }

  profileDisabled(actor: Actor, target: ProfileName): Promise<void> {
    return this.#write('profile-disabled', actor, { target });
  }

  profileEnabled(actor: Actor, target: ProfileName): Promise<void> {
    return this.#write('profile-enabled', actor, { target });
  }

  profileRemoved(actor: Actor, target: ProfileName, deleteHome: boolean): Promise<void> {
    return this.#write('profile-removed', actor, { target, deleteHome });
  }

  accessDenied(
    actor: Actor,
    request: Omit<AccessRequest, 'principal'>,
    decision: Decision,
  ): Promise<void> {
    const { action, resource } = request;
    return this.#write(
      'access-denied',
      actor,
      { action, target: resource, rule: decision.rule },
      'warn',
    );
  }

  /** Before the act: it is done only once this is on the disk. */
  accessAllowed(
    actor: Actor,
    request: Omit<AccessRequest, 'principal'>,
    decision: Decision,
  ): Promise<void> {
    const { action, resource } = request;
    return this.#write('access-allowed', actor, { action, target: resource, rule: decision.rule });
  }

  passwordChangeRequested(actor: Actor): Promise<void> {
    return this.#write('password-change-requested', actor, {});
  }

  crossSiteRequestRefused(
    actor: Actor,
    fields: { method: string; path: string; why: string },
  ): void {
    this.#note('cross-site-request-refused', actor, fields, 'warn');
  }

  studioLaunched(actor: Actor, target: ProfileName, launchId: string): Promise<void> {
    return this.#write('studio-launched', actor, { target, launchId });
  }

  appStopped(actor: Actor, target: ProfileName, appId: string): Promise<void> {
    return this.#write('app-stopped', actor, { target, appId });
  }

  fileDownloaded(actor: Actor, target: ProfileName, sizeBytes: number): Promise<void> {
    return this.#write('file-downloaded', actor, { target, sizeBytes });
  }

  /** In the console; what studios do with objects is in the log, and in the key's uses. */
  objectDownloaded(actor: Actor, object: RecordedObject): Promise<void> {
    return this.#write('object-downloaded', actor, describeObject(object));
  }

  /** Before it is stored. */
  objectUploaded(actor: Actor, object: RecordedObject): Promise<void> {
    return this.#write('object-uploaded', actor, describeObject(object));
  }

  /** Before it is deleted. */
  objectDeleted(actor: Actor, object: Omit<RecordedObject, 'sizeBytes'>): Promise<void> {
    return this.#write('object-deleted', actor, describeObject(object));
  }

  /** `target`: the ARN of a bucket or an object. */
  storageDenied(
    actor: Actor,
    { action, target, rule }: { action: string; target: string; rule: string },
  ): Promise<void> {
    return this.#write('access-denied', actor, { action, target, rule }, 'warn');
  }

  sessionEnded(target: ProfileName, sessionId: string): void {
    this.#note('session-ended', noActor, { target, sessionId });
  }

  /** `accepted`: the controls that this machine does not hold, by the operator's choice. */
  controlsInspected(accepted: readonly string[]): Promise<void> {
    return this.#write('controls-inspected', noActor, { accepted });
  }

  /** Asked for, approved, refused, withdrawn, ended; `state` says which. */
  egressChanged(actor: Actor, request: EgressRequest): Promise<void> {
    const { requestId, state, subject, mode, destinations, reason, endsAt, requestedBy } = request;
    const fields = { requestId, state, subject, mode, destinations, reason, endsAt, requestedBy };
    return this.#write('egress-changed', actor, fields);
  }

  egressExpired({ requestId, subject }: EgressRequest): void {
    this.#note('egress-expired', noActor, { requestId, subject });
  }

  authorityRotated(
    actor: Actor,
    fields: { fingerprint: string; immediately: boolean },
  ): Promise<void> {
    return this.#write('authority-rotated', actor, fields);
  }

  /** One of the administrators' own documents has a new text, and it is in force. */
  policyChanged(file: string): void {
    this.#note('policy-changed', noActor, { file });
  }

  policyRefused(file: string, problem: string): void {
    this.#note('policy-refused', noActor, { file, problem }, 'warn');
  }

  /** Before it is answered; a refused one too. */
  keyUsed({ action, keyArn, caller, context, outcome, code }: KeyUse): Promise<void> {
    const fields = { action, target: keyArn, principal: caller.principal, context, outcome };
    const refusal = code === undefined ? {} : { code };
    const level = outcome === 'allowed' ? 'info' : 'warn';
    return this.#write('key-used', noActor, { ...fields, ...refusal }, level);
  }

  /** Credentials for tools outside the studios, made by the operator. */
  outsideCredentialsIssued(
    target: ProfileName,
    { lifetimeHours, reference }: { lifetimeHours: number; reference: string },
  ): Promise<void> {
    const actor = { ...noActor, remoteAddress: 'operator-socket', reference };
    return this.#write('outside-credentials-issued', actor, { target, lifetimeHours });
  }

  /** Something that happened by itself: there is no act to refuse where it cannot be written. */
  #note(event: string, actor: Actor, fields: object, level: 'info' | 'warn' = 'info'): void {
    this.#write(event, actor, fields, level).catch((error: unknown) => {
      this.#log.error({ event, err: error }, 'Cannot write the audit trail');
    });
  }

  /** @throws {StrongroomError} `AuditUnavailable` */
  async #write(
    event: string,
    actor: Actor,
    fields: object,
    level: 'info' | 'warn' = 'info',
  ): Promise<void> {
    this.#log[level]({ event, ...actor, ...fields }, event);
    try {
      await this.#trail.append({ event, fields: { ...actor, ...fields } });
    } catch (error) {
      throw new StrongroomError('AuditUnavailable', 'Cannot do this: it could not be recorded', {
        remedy: 'Tell an administrator: the disk of this machine may be full.',
        cause: error,
      });
    }
  }
}

interface RecordedObject {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
}

function describeObject({ bucket, key, ...rest }: Omit<RecordedObject, 'sizeBytes'>): object {
  return { target: `arn:aws:s3:::${bucket}/${key}`, ...rest };
}

/** The control plane itself. */
const noActor: Actor = { profileName: undefined, remoteAddress: undefined, reference: '-' };
