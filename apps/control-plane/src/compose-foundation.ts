import { join } from 'node:path';
import { AuditTrail } from '@strongroom/audit-trail';
import type { Domain } from '@strongroom/domain';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { AuditLog } from './audit/audit-log.ts';
import { openLog } from './audit/open-log.ts';
import type { Clock } from './clock.ts';
import type { Closers } from './closers.ts';
import { openDataFolder } from './config/data-folder.ts';
import { DomainFile } from './config/domain-file.ts';
import type { Environment } from './config/environment.ts';
import { listen } from './http/listen.ts';
import { Origins } from './http/origins.ts';
import { composeIdentity } from './identity/compose-identity.ts';
import type { Sessions } from './identity/sessions.ts';
import { composeKeys } from './keys/compose-keys.ts';
import { openRootKey } from './keys/root-key.ts';
import { countingTrail } from './metering/metrics/audit-metrics.ts';
import { openObjectKeys } from './objects/open-object-store.ts';
import { createAuthorize } from './policies/authorize.ts';
import { createAuthorizeKeyUse } from './policies/authorize-key-use.ts';
import { OwnDocuments } from './policies/own-documents.ts';
import { PolicyBook } from './policies/policy-book.ts';
import { auditAnchor } from './state/audit-anchor.ts';
import { openState, type State } from './state/database.ts';

export interface FoundationOptions {
  readonly environment: Environment;
  readonly closers: Closers;
  readonly print: (line: string) => void;
  readonly clock: Clock;
}

export type Evidence = Awaited<ReturnType<typeof openEvidence>>;
export type Foundation = Awaited<ReturnType<typeof composeFoundation>>;

const sweepMilliseconds = 15_000;
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The domain file, the state and what everything is written down in: before anything else happens. */
export async function openEvidence({ environment, closers, print, clock }: FoundationOptions) {
  const domainFile = await DomainFile.open(environment.domainFilePath);
  const { domain } = domainFile;
  if (domainFile.wasCreated) print(`Wrote the domain file ${domainFile.path}`);
  const dataFolder = await openDataFolder(domain.dataFolder);
  if (dataFolder.wasCreated) print(`Made the data folder ${domain.dataFolder}`);
  const opened = await openLog(domain.dataFolder, environment.logLevel);
  closers.add(() => opened.close());
  const { log } = opened;
  const state = await openState(join(domain.dataFolder, 'state.sqlite'));
  closers.add(() => state.destroy());
  // Only after the state's lock is ours: two processes must not write one trail.
  const trail = await openTrail(domain, clock, state);
  closers.add(() => trail.close());
  const registry = new Registry();
  const audit = new AuditLog(countingTrail(trail, registry), log, clock);
  closers.add(() => audit.close());
  await audit.domainFileRead(domainFile.sha256);
  domainFile.beforeChange = (sha256) => audit.domainFileChanged(sha256);
  return { domainFile, domain, log, state, trail, registry, audit };
}

/** Who is who, where they come in, what they may and which keys there are: the same wherever studios run. */
export async function composeFoundation(options: FoundationOptions & Evidence) {
  const { environment, closers, print, clock, domainFile, domain, state, audit } = options;
  const listener = await listen({
    ...domain.server.listen,
    port: environment.port ?? domain.server.listen.port,
    tls: domain.server.tls,
  });
  closers.add(() => listener.close());
  const origins = new Origins({
    ...domain.server,
    port: listener.port,
    hasTls: domain.server.tls !== undefined,
  });

  const identity = composeIdentity({ domainFile, state, clock, audit });
  printOneTimePasswords(await identity.administration.adoptDomainFile(), print);
  await identity.prepare();
  const currentDomain = () => domainFile.domain;
  const ownDocuments = await OwnDocuments.open(domain, (file, sha256) =>
    audit.policyRead(file, sha256),
  );
  closers.add(() => ownDocuments.close());
  const keys = await composeKeys({
    ...{ domain, clock, audit },
    authorize: createAuthorizeKeyUse({ domain: currentDomain, book: () => book, clock }),
  });
  closers.add(() => keys.close());
  const objectKeys = await openObjectKeys(domain, keys);
  const book: PolicyBook = new PolicyBook(
    currentDomain,
    () => ownDocuments.list(),
    () => objectKeys,
  );
  const authorize = createAuthorize({ domain: currentDomain, book, clock });
  return {
    ...{ listener, origins, identity, currentDomain, ownDocuments },
    ...{ keys, objectKeys, book, authorize },
  };
}

/** Ended sessions and expired evidence go, until the closers run. */
export function keepHouse(options: {
  readonly trail: AuditTrail;
  readonly sessions: Sessions;
  readonly retentionDays: number;
  readonly log: Logger;
  readonly closers: Closers;
}): void {
  const { trail, sessions, retentionDays, log, closers } = options;
  const expiring = setInterval(() => {
    trail.deleteExpired(retentionDays).catch((error: unknown) => {
      log.error({ err: error }, 'Cannot delete expired days of the audit trail');
    });
  }, dayMilliseconds);
  closers.add(() => clearInterval(expiring));
  const sweeping = setInterval(() => {
    sessions.sweep().catch((error: unknown) => log.error({ err: error }, 'Cannot sweep sessions'));
  }, sweepMilliseconds);
  closers.add(() => clearInterval(sweeping));
}

export function trailFolder({ dataFolder }: Domain): string {
  return join(dataFolder, 'audit');
}

async function openTrail(domain: Domain, clock: Clock, state: State): Promise<AuditTrail> {
  const key = await openRootKey(domain.dataFolder, 'audit-seal.key');
  const trail = await AuditTrail.open({
    ...{ folder: trailFolder(domain), key, now: clock, anchor: auditAnchor(state) },
  });
  await trail.deleteExpired(domain.logs.retentionDays);
  return trail;
}

function printOneTimePasswords(
  created: readonly { profileName: string; oneTimePassword: string }[],
  print: (line: string) => void,
): void {
  if (created.length === 0) return;
  print('');
  print('One-time passwords, shown only now and changed at the first sign-in:');
  for (const { profileName, oneTimePassword } of created) {
    print(`  ${profileName}  ${oneTimePassword}`);
  }
  print('');
}
