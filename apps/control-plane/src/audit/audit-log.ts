import type { AuditTrail } from '@strongroom/audit-trail';
import type {
  AuditEventName,
  EgressRequest,
  EgressState,
  ProfileName,
  StartKernelRequest,
} from '@strongroom/contracts';
import type { KeyUse } from '@strongroom/sealing';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../clock.ts';
import { addressKey } from '../identity/client-address.ts';
import { TokenBuckets } from '../identity/token-buckets.ts';
import type { AccessRequest, Decision } from '../policies/access-request.ts';
import { type Actor, AuditWriter, noActor } from './audit-writer.ts';
import { ImageAudit } from './image-audit.ts';
import { JobAudit } from './job-audit.ts';
import { MeteringAudit } from './metering-audit.ts';
import { ShareAudit } from './share-audit.ts';
import { SpaceAudit } from './space-audit.ts';

export type { Actor } from './audit-writer.ts';

const minuteMilliseconds = 60_000;
/** What one person can cause without end is told apart up to here, and counted beyond it. */
const detailedEvents = { capacity: 60, refillSeconds: 10 };

/** From where Git asked: a program in a studio, or one outside with a personal token. */
type GitOrigin = 'studio' | 'outside';

/** One of the two logs that auditors read. */
export type LogName = 'audit-trail' | 'flow-log';

/**
 * Every security event, one function each. A function that answers a promise is awaited before the act
 * is answered, so that nothing is done that is not written down. Nothing written here is or contains a secret: no
 * password, no token, no cookie. Names that were typed at a sign-in are written only where they
 * exist, since people type passwords there by mistake.
 */
export class AuditLog {
  readonly images: ImageAudit;
  readonly jobs: JobAudit;
  readonly shares: ShareAudit;
  readonly metering: MeteringAudit;
  readonly spaces: SpaceAudit;
  readonly #writer: AuditWriter;
  readonly #detailed: TokenBuckets;

  constructor(trail: Pick<AuditTrail, 'append'>, log: Logger, clock: Clock = systemClock) {
    this.#writer = new AuditWriter(trail, log);
    this.images = new ImageAudit(this.#writer);
    this.jobs = new JobAudit(this.#writer);
    this.shares = new ShareAudit(this.#writer);
    this.metering = new MeteringAudit(this.#writer);
    this.spaces = new SpaceAudit(this.#writer);
    this.#detailed = new TokenBuckets(detailedEvents, clock);
  }

  /** Writes what was only counted so far; before the trail is closed. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  signInSucceeded(actor: Actor, sessionId: string): Promise<void> {
    return this.#writer.write('sign-in-succeeded', actor, { sessionId });
  }

  signInFailed(actor: Actor, code: string): Promise<void> {
    return this.#writer.write('sign-in-failed', actor, { code }, 'warn');
  }

  signInThrottled(actor: Actor, retryAfterSeconds: number): Promise<void> {
    const key = `${addressKey(actor.remoteAddress)} ${actor.profileName ?? ''}`;
    return this.#repeat('sign-in-throttled', key, actor, { retryAfterSeconds });
  }

  signedOut(actor: Actor, sessionId: string): Promise<void> {
    return this.#writer.write('signed-out', actor, { sessionId });
  }

  passwordChangeRequested(actor: Actor): Promise<void> {
    return this.#writer.write('password-change-requested', actor, {});
  }

  passwordChanged(actor: Actor, sessionId: string): Promise<void> {
    return this.#writer.write('password-changed', actor, { sessionId });
  }

  passwordChangeFailed(actor: Actor, code: string): Promise<void> {
    return this.#writer.write('password-change-failed', actor, { code }, 'warn');
  }

  oneTimePasswordRequested(actor: Actor, target: ProfileName): Promise<void> {
    return this.#writer.write('one-time-password-requested', actor, { target });
  }

  oneTimePasswordCreated(actor: Actor, target: ProfileName): Promise<void> {
    return this.#writer.write('one-time-password-created', actor, { target });
  }

  profileCreated(actor: Actor, target: ProfileName, hostUid: number): Promise<void> {
    return this.#writer.write('profile-created', actor, { target, hostUid });
  }

  profileDisabled(actor: Actor, target: ProfileName): Promise<void> {
    return this.#writer.write('profile-disabled', actor, { target });
  }

  profileEnabled(actor: Actor, target: ProfileName): Promise<void> {
    return this.#writer.write('profile-enabled', actor, { target });
  }

  profileRemoved(actor: Actor, target: ProfileName, deleteHome: boolean): Promise<void> {
    return this.#writer.write('profile-removed', actor, { target, deleteHome });
  }

  accessDenied(
    actor: Actor,
    request: Omit<AccessRequest, 'principal'>,
    { rule }: Pick<Decision, 'rule'>,
  ): Promise<void> {
    const { action, resource: target } = request;
    const key = this.#boundedKey(actor, `${action} ${target} ${rule}`);
    return this.#repeat('access-denied', key, actor, { action, target, rule });
  }

  /** Before the act: it is done only once this is on the disk. */
  accessAllowed(
    actor: Actor,
    request: Omit<AccessRequest, 'principal'>,
    decision: Decision,
  ): Promise<void> {
    const { action, resource } = request;
    const fields = { action, target: resource, rule: decision.rule };
    return this.#writer.write('access-allowed', actor, fields);
  }

  /** A program in a studio called an endpoint as its owner. */
  endpointCallDenied(
    profileName: ProfileName,
    call: { endpoint: string; action: string; resource: string; rule: string },
  ): Promise<void> {
    const { endpoint, action, resource: target, rule } = call;
    const actor = { ...noActor, profileName };
    const key = this.#boundedKey(actor, `${endpoint} ${action} ${target} ${rule}`);
    return this.#repeat('endpoint-call-denied', key, actor, { endpoint, action, target, rule });
  }

  crossSiteRequestRefused(
    actor: Actor,
    fields: { method: string; path: string; why: string },
  ): Promise<void> {
    const key = addressKey(actor.remoteAddress);
    return this.#repeat('cross-site-request-refused', key, actor, fields);
  }

  studioLaunched(actor: Actor, target: ProfileName, launchId: string): Promise<void> {
    return this.#writer.write('studio-launched', actor, { target, launchId });
  }

  /** Before the browser gets the studio's cookie. */
  studioSessionBegan(actor: Actor, target: ProfileName, sessionId: string): Promise<void> {
    return this.#writer.write('studio-session-began', actor, { target, sessionId });
  }

  /** By somebody else than its owner; what they ask for afterwards is counted. */
  studioEntered(actor: Actor, target: ProfileName, sessionId: string): Promise<void> {
    return this.#writer.repeat(
      { key: `${sessionId} ${target}`, windowMilliseconds: 15 * minuteMilliseconds },
      { event: 'studio-entered', actor, fields: { target, sessionId }, level: 'info' },
    );
  }

  /** Before a kernel is started. Programs in a studio ask for them: what is too much is counted. */
  kernelAllowed(
    profileName: ProfileName,
    { instanceType, imageName, kernelId }: StartKernelRequest,
  ): Promise<void> {
    const actor = { ...noActor, profileName };
    const fields = { target: profileName, instanceType, imageName, kernelId };
    return this.#writer.repeat(
      { key: this.#boundedKey(actor, kernelId), windowMilliseconds: minuteMilliseconds },
      { event: 'kernel-allowed', actor, fields, level: 'info' },
    );
  }

  appStopped(actor: Actor, target: ProfileName, appId: string): Promise<void> {
    return this.#writer.write('app-stopped', actor, { target, appId });
  }

  /** Before its idle time is set back. */
  appKeptRunning(actor: Actor, target: ProfileName, appId: string): Promise<void> {
    return this.#writer.write('app-kept-running', actor, { target, appId });
  }

  fileDownloaded(actor: Actor, target: ProfileName, sizeBytes: number): Promise<void> {
    return this.#writer.write('file-downloaded', actor, { target, sizeBytes });
  }

  /** In the console; what studios do with objects is in the log, and in the key's uses. */
  objectDownloaded(actor: Actor, object: RecordedObject): Promise<void> {
    return this.#writer.write('object-downloaded', actor, describeObject(object));
  }

  /** Before it is stored. */
  objectUploaded(actor: Actor, object: RecordedObject): Promise<void> {
    return this.#writer.write('object-uploaded', actor, describeObject(object));
  }

  /** Before it is deleted. */
  objectDeleted(actor: Actor, object: Omit<RecordedObject, 'sizeBytes'>): Promise<void> {
    return this.#writer.write('object-deleted', actor, describeObject(object));
  }

  /** `target`: the ARN of a bucket or an object. */
  storageDenied(
    actor: Actor,
    { action, target, rule }: { action: string; target: string; rule: string },
  ): Promise<void> {
    const key = this.#boundedKey(actor, `${action} ${target} ${rule}`);
    return this.#repeat('access-denied', key, actor, { action, target, rule });
  }

  sessionEnded(target: ProfileName, sessionId: string): void {
    this.#writer.note('session-ended', noActor, { target, sessionId });
  }

  /** `accepted`: the controls that this machine does not hold, by the operator's choice. */
  controlsInspected(accepted: readonly string[]): Promise<void> {
    return this.#writer.write('controls-inspected', noActor, { accepted });
  }

  /** Before it is kept, with all that it asks for. */
  egressRequestBegun(actor: Actor, request: EgressRequest): Promise<void> {
    const fields = { ...describeEgress(request), state: request.state };
    return this.#writer.write('egress-change-begun', actor, fields);
  }

  /** Before anything changes: `to` is the state that the request is about to have. */
  egressChangeBegun(actor: Actor, request: EgressRequest, to: EgressState): Promise<void> {
    const fields = { ...describeEgress(request), from: request.state, state: to };
    return this.#writer.write('egress-change-begun', actor, fields);
  }

  /** Asked for, approved, refused, withdrawn, ended; `state` says which. It was announced before. */
  egressChanged(actor: Actor, request: EgressRequest): void {
    const fields = { ...describeEgress(request), state: request.state };
    this.#writer.note('egress-changed', actor, fields);
  }

  egressExpired({ requestId, subject }: EgressRequest): void {
    this.#writer.note('egress-expired', noActor, { requestId, subject });
  }

  /** Nobody did it: the person it was about, or who had asked for it, is gone. */
  egressOrphaned(request: EgressRequest): void {
    const fields = { ...describeEgress(request), state: request.state };
    this.#writer.note('egress-changed', noActor, fields);
  }

  authorityRotationRequested(actor: Actor, immediately: boolean): Promise<void> {
    return this.#writer.write('authority-rotation-requested', actor, { immediately });
  }

  /**
   * Before it is answered; a refused one too. Reads under a key that is open already are one for each
   * object: they are in the trail all the same, and answered while they are written.
   */
  keyUsed({
    action,
    keyArn,
    caller,
    context,
    outcome,
    code,
    isOpenAlready,
  }: KeyUse): Promise<void> {
    const fields = { action, target: keyArn, principal: caller.principal, context, outcome };
    if (outcome === 'refused') {
      return this.#writer.write('key-used', noActor, { ...fields, code }, 'warn');
    }
    if (isOpenAlready && action === 'kms:Decrypt') {
      return this.#writer.writeBehind('key-used', noActor, fields);
    }
    // The log has the request that it was for, as soon as there is one for each object.
    const level = isOpenAlready ? 'debug' : 'info';
    return this.#writer.write('key-used', noActor, fields, level);
  }

  /** The files of an earlier version are encrypted, and the plain ones gone. */
  homeEncrypted(target: ProfileName): void {
    this.#writer.note('home-encrypted', noActor, { target });
  }

  /** The secret of the home is gone, and with it all that it and its snapshots held. */
  homeShredded(target: ProfileName): void {
    this.#writer.note('home-shredded', noActor, { target });
  }

  homeSnapshotCreated(actor: Actor, target: ProfileName, snapshotId: string): Promise<void> {
    return this.#writer.write('home-snapshot-created', actor, { target, snapshotId });
  }

  homeSnapshotDeleted(actor: Actor, target: ProfileName, snapshotId: string): Promise<void> {
    return this.#writer.write('home-snapshot-deleted', actor, { target, snapshotId });
  }

  homeRestored(actor: Actor, target: ProfileName, snapshotId: string): Promise<void> {
    return this.#writer.write('home-restored', actor, { target, snapshotId });
  }

  authorityRotated(
    actor: Actor,
    fields: { fingerprint: string; immediately: boolean },
  ): Promise<void> {
    return this.#writer.write('authority-rotated', actor, fields);
  }

  /** The domain file as this start found it. */
  domainFileRead(sha256: string): Promise<void> {
    return this.#writer.write('domain-file-read', noActor, { sha256 });
  }

  /** Before the new text is in force. */
  domainFileChanged(sha256: string): Promise<void> {
    return this.#writer.write('domain-file-changed', noActor, { sha256 });
  }

  /** One of the administrators' own documents as this start found it. */
  policyRead(file: string, sha256: string): Promise<void> {
    return this.#writer.write('policy-read', noActor, { file, sha256 });
  }

  /** One of the administrators' own documents has a new text; before that is in force. */
  policyChanged(file: string, sha256: string): Promise<void> {
    return this.#writer.write('policy-changed', noActor, { file, sha256 });
  }

  policyRefused(file: string, problem: string): void {
    this.#writer.note('policy-refused', noActor, { file, problem }, 'warn');
  }

  /** Credentials for tools outside the studios, made by the operator. */
  outsideCredentialsIssued(
    target: ProfileName,
    { lifetimeHours, reference }: { lifetimeHours: number; reference: string },
  ): Promise<void> {
    const actor = { ...noActor, remoteAddress: 'operator-socket', reference };
    return this.#writer.write('outside-credentials-issued', actor, { target, lifetimeHours });
  }

  /** A visitor of a studio that its team shares used a bucket with its owner's rights. */
  bucketUsedByVisitor(
    actor: Actor,
    target: ProfileName,
    fields: { readonly action: string; readonly bucket?: string; readonly key?: string },
  ): Promise<void> {
    return this.#writer.write('bucket-used-by-visitor', actor, { target, ...fields });
  }

  /** Before it is made. */
  repositoryCreated(actor: Actor, fields: { target: string; access: unknown }): Promise<void> {
    return this.#writer.write('repository-created', actor, fields);
  }

  /** Before it is changed; `change` as it was asked for. */
  repositoryChanged(actor: Actor, fields: { target: string; change: unknown }): Promise<void> {
    return this.#writer.write('repository-changed', actor, fields);
  }

  /** Before it is deleted with all that is in it. */
  repositoryDeleted(actor: Actor, fields: { target: string; owner: ProfileName }): Promise<void> {
    return this.#writer.write('repository-deleted', actor, fields);
  }

  /** By Git; one fetch is several requests. */
  repositoryPulled(actor: Actor, fields: { target: string; from: GitOrigin }): Promise<void> {
    const key = `${actor.profileName} ${fields.target} ${fields.from}`;
    return this.#writer.repeat(
      { key, windowMilliseconds: minuteMilliseconds },
      { event: 'repository-pulled', actor, fields, level: 'info' },
    );
  }

  /** Before the ref changes, with its lock held. */
  repositoryPushed(
    actor: Actor,
    fields: { target: string; from: GitOrigin; ref: string; old: string; new: string },
  ): Promise<void> {
    return this.#writer.write('repository-pushed', actor, fields);
  }

  /** Nothing of it was kept. `rules`: what was found in its content. */
  repositoryPushRefused(
    actor: Actor,
    fields: {
      target: string;
      from: GitOrigin;
      refs: readonly string[];
      reasons: readonly string[];
      rules: readonly string[];
    },
  ): Promise<void> {
    return this.#writer.write('repository-push-refused', actor, fields, 'warn');
  }

  repositoryRefused(
    actor: Actor,
    fields: { target: string; action: string; rule: string; from: GitOrigin | 'console' },
  ): Promise<void> {
    const key = this.#boundedKey(actor, `${fields.action} ${fields.target} ${fields.rule}`);
    return this.#repeat('repository-refused', key, actor, fields);
  }

  /** Before it counts. Its secret is nowhere but with its person. */
  personalTokenCreated(
    actor: Actor,
    fields: { tokenId: string; permission: string; expiresAt: string },
  ): Promise<void> {
    return this.#writer.write('personal-token-created', actor, fields);
  }

  personalTokenEnded(actor: Actor, tokenId: string): Promise<void> {
    return this.#writer.write('personal-token-ended', actor, { tokenId });
  }

  /** Somebody looks at what others did; reading on in the same question is counted. */
  logRead(actor: Actor, log: LogName, question: object): Promise<void> {
    return this.#writer.repeat(
      {
        key: `${log} ${actor.profileName} ${JSON.stringify(question)}`,
        windowMilliseconds: 15 * minuteMilliseconds,
      },
      { event: 'log-read', actor, fields: { log, question }, level: 'info' },
    );
  }

  /** Before the first line of it goes out. */
  logExported(actor: Actor, log: LogName, question: object): Promise<void> {
    return this.#writer.write('log-exported', actor, { log, question });
  }

  #repeat(event: AuditEventName, key: string, actor: Actor, fields: object): Promise<void> {
    return this.#writer.repeat(
      { key, windowMilliseconds: minuteMilliseconds },
      { event, actor, fields, level: 'warn' },
    );
  }

  /** Whoever tries ever different things is counted as one kind from some point on. */
  #boundedKey({ profileName, remoteAddress }: Actor, detail: string): string {
    const who = profileName ?? addressKey(remoteAddress);
    if (this.#detailed.waitSeconds(who) > 0) return who;
    this.#detailed.spend(who);
    return `${who} ${detail}`;
  }
}

function describeEgress(request: EgressRequest) {
  const { requestId, subject, mode, destinations, reason, endsAt, requestedBy } = request;
  return { requestId, subject, mode, destinations, reason, endsAt, requestedBy };
}

interface RecordedObject {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
}

function describeObject({ bucket, key, ...rest }: Omit<RecordedObject, 'sizeBytes'>): object {
  return { target: `arn:aws:s3:::${bucket}/${key}`, ...rest };
}
