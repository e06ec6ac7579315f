import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultScanRules } from '@strongroom/content-scan';
import type { Domain } from '@strongroom/domain';
import { domainArns, largeFilesBucket } from '@strongroom/domain';
import type { ObjectStore } from '@strongroom/object-store';
import type { SandboxHost, VolumeDriver } from '@strongroom/sandbox';
import type { KeyService } from '@strongroom/sealing';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import { SignInThrottle } from '../identity/sign-in-throttle.ts';
import { ensureKey } from '../keys/compose-keys.ts';
import type { TemporaryCredentials } from '../network/credentials/temporary-credentials.ts';
import { createAuthorizeRepositoryCall } from '../policies/authorize-repository-call.ts';
import type { PolicyBook } from '../policies/policy-book.ts';
import type { State } from '../state/database.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { RepositoryBrowser } from './browse/repository-browser.ts';
import { GitSandboxes } from './git/git-sandboxes.ts';
import { Maintenance } from './git/maintenance.ts';
import { gitEndpoint, gitHostName } from './http/git-endpoint.ts';
import { GitService } from './http/git-service.ts';
import { repositoriesPath } from './http/git-target.ts';
import { OutsideGit } from './http/outside-git.ts';
import { LfsStore, prepareLfsBucket } from './lfs/lfs-store.ts';
import { createLfsService } from './lfs/serve-lfs.ts';
import { PersonalTokens } from './personal-tokens.ts';
import { PushDesk } from './push/push-desk.ts';
import { Repositories } from './repositories.ts';
import { readRepositoriesUid } from './repositories-uid.ts';
import { RepositoriesVolume } from './repositories-volume.ts';
import { RepositoryRecords } from './repository-records.ts';
import { keyringVolumeSecret, repositoriesKeyAlias } from './volume-secret.ts';

export interface ComposeRepositoriesOptions {
  readonly domain: () => Domain;
  readonly state: State;
  readonly keys: KeyService;
  readonly people: Pick<People, 'find'>;
  readonly events: IdentityEvents;
  readonly book: PolicyBook;
  readonly credentials: Pick<TemporaryCredentials, 'find'>;
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  /** Where large files are kept. */
  readonly objects: { readonly store: ObjectStore; readonly dataKeyArn: string };
  /** The one of the homes. */
  readonly driver: VolumeDriver;
  /** Whether this machine holds quotas, and gives everybody a uid. */
  readonly host: { readonly hasQuotas: boolean; readonly hasUids: boolean };
  readonly programs: { readonly node: string; readonly hooks: string };
  /** `http://console.localhost:8080` */
  readonly consoleUrl: string;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
}

export type ComposedRepositories = Awaited<ReturnType<typeof composeRepositories>>;

/** Hosted Git: its volume, the Git that works in it, and the ways in. */
export async function composeRepositories(options: ComposeRepositoriesOptions) {
  const { domain, state, people, events, book, credentials, audit, clock, log } = options;
  const { region, accountId } = domain().domain;
  const { store, dataKeyArn } = options.objects;
  const bucket = largeFilesBucket(accountId);
  await prepareLfsBucket(store, { bucket, region, keyArn: dataKeyArn });
  const lfs = new LfsStore({ store, state, clock, bucket });
  const authorize = createAuthorizeRepositoryCall({ domain, people, book, clock });
  const records = new RepositoryRecords(state, clock);
  const sandboxes = await openSandboxes(options);
  const tokens = new PersonalTokens(state, clock);
  const repositories = new Repositories({
    ...{ records, sandboxes, authorize },
    studioUrl: (name) => `https://${gitHostName(region)}${repositoriesPath}${name}`,
    outsideUrl: (name) => `${options.consoleUrl}${repositoriesPath}${name}`,
    onDeleted: ({ repositoryId }) => lfs.deleteAllOf(repositoryId),
  });
  const maximumPushBytes = () => domain().repositories.maximumPushBytes;
  const pushes = new PushDesk({
    ...{ records, authorize, audit, clock, log },
    maintenance: new Maintenance(sandboxes, log),
    settings: () => ({
      maximumFileBytes: maximumPushBytes(),
      scanRules: { ...defaultScanRules, ...domain().sharing.scan },
    }),
  });
  const service: GitService = new GitService({
    ...{ records, sandboxes, authorize, pushes, audit, maximumPushBytes, log },
    serveLfs: createLfsService({
      store: lfs,
      requireAllowed: (...asked) => service.requireAllowed(...asked),
      originOf: (from) =>
        from === 'studio' ? `https://${gitHostName(region)}` : options.consoleUrl,
      recordPull: ({ actor, from }, { name }) =>
        audit.repositoryPulled(actor, { target: name, from }),
    }),
  });
  options.closers.add(() => service.close());
  followPeople(events, { tokens, service, log });
  const throttle = new SignInThrottle(clock);
  return {
    /** Git at work. */
    processes: sandboxes,
    review: () => service.review(),
    ...{ repositories, tokens, browser: new RepositoryBrowser(sandboxes, lfs) },
    outside: new OutsideGit({ service, tokens, people, throttle, audit }),
    endpoint: gitEndpoint({ region, service, credentials, people, audit, clock }),
  };
}

async function openSandboxes(options: ComposeRepositoriesOptions): Promise<GitSandboxes> {
  const { domain, state, keys, driver, host, programs, sandboxHost, clock, log, closers } = options;
  const description = 'Opens the repositories of this domain';
  await ensureKey(keys, { alias: repositoriesKeyAlias, description, domain: domain() });
  const folder = join(domain().dataFolder, 'repositories');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const hostUid = host.hasUids ? await readRepositoriesUid(state, clock) : undefined;
  const { quotaBytes } = domain().repositories;
  const volume = new RepositoriesVolume({
    ...{ folder, driver, hostUid, log },
    secret: keyringVolumeSecret(keys, domainArns(domain()).repository('*')),
    quotaBytes: host.hasQuotas ? quotaBytes : undefined,
  });
  closers.add(() => volume.close());
  const maximumPushBytes = () => domain().repositories.maximumPushBytes;
  const sandboxes = new GitSandboxes({ sandboxHost, volume, hostUid, maximumPushBytes, programs });
  closers.add(() => sandboxes.close());
  return sandboxes;
}

/** What a person signs in with outside ends with their account, and what is under way. */
function followPeople(
  events: IdentityEvents,
  parts: { tokens: PersonalTokens; service: GitService; log: StudioLog },
): void {
  const { tokens, service, log } = parts;
  events.on('disabled', ({ profileName }) => {
    void service.review();
    tokens.endAllOf(profileName).catch((error: unknown) => {
      log.error({ profileName, err: error }, 'Cannot end the tokens of a disabled person');
    });
  });
  events.on('removed', () => void service.review());
}
