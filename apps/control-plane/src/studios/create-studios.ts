import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { HostSetup, SandboxHost } from '@strongroom/sandbox';
import type { Clock } from '../clock.ts';
import type { Origins } from '../http/origins.ts';
import type { IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { authorize as decide } from '../policies/authorize.ts';
import type { State } from '../state/database.ts';
import { AppStore } from './app-store.ts';
import type { StudioDomain } from './domain-settings.ts';
import { Gate } from './gate.ts';
import { HomeFiles } from './home-files.ts';
import { openHomeFolders } from './home-folders.ts';
import { Launches } from './launches.ts';
import { PresignedUrls, presignedUrlSeconds } from './presigned-urls.ts';
import type { ProgramFolders } from './sandbox-specs.ts';
import { openSocketFolder } from './socket-folder.ts';
import { Studio } from './studio.ts';
import type { StudioLog } from './studio-log.ts';
import { startStudioRun } from './studio-run.ts';
import type { Studios } from './studios.ts';

export interface StudiosOptions {
  readonly state: State;
  readonly sandboxHost: SandboxHost;
  readonly hostMode: HostSetup['mode'];
  readonly domain: StudioDomain;
  readonly people: Pick<People, 'find'>;
  /** Listened to: signedIn, disabled, removed, languageChanged. */
  readonly events: IdentityEvents;
  readonly authorize: typeof decide;
  readonly origins: Pick<Origins, 'studio'>;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** Absolute. */
  readonly dataFolder: string;
  readonly programs: ProgramFolders;
  /** How long a server may take until it serves. */
  readonly startTimeoutMilliseconds?: number;
}

/** More at once would make each of them slow; the others wait their turn. */
const startsAtOnce = 4;
const defaultStartTimeoutMilliseconds = 30_000;
const stopReason = 'Stopped in the console';
const closeReason = 'The control plane was stopped';

/** Ends what an earlier, killed control plane left, then serves everybody's studios. */
export async function createStudios(options: StudiosOptions): Promise<Studios> {
  const { state, clock, log, people, domain, sandboxHost, programs, events } = options;
  await sandboxHost.killLeftovers();
  const homes = await openHomeFolders(options.dataFolder, log);
  const socketFolder = await openSocketFolder(options.dataFolder);
  const apps = new AppStore({ state, clock });
  const presignedUrls = new PresignedUrls({ state, clock });
  const launches = new Launches(log);
  const hasHostUids = options.hostMode === 'root';
  const homeFiles = new HomeFiles({ homes, hasHostUids, programs, sandboxHost });
  const startGate = new Gate(startsAtOnce);
  const studios = new Map<ProfileName, Studio>();
  let isClosed = false;

  /** INVARIANT: every start of a studio is decided here, for the person as they are now. */
  async function findAllowedPerson(profileName: ProfileName): Promise<Person> {
    const person = await people.find(profileName);
    if (isClosed || person === undefined) {
      throw new StrongroomError('StudioStopped', 'The studio was stopped');
    }
    const action = 'sagemaker:CreateApp';
    const decision = options.authorize({ principal: person, action, resource: profileName });
    if (!decision.allowed) throw new StrongroomError('AccessDenied', decision.sentence);
    return person;
  }

  function studioOf(profileName: ProfileName): Studio {
    const known = studios.get(profileName);
    if (known !== undefined) return known;
    const studio = new Studio({
      ...{ profileName, log },
      hibernateAfterMilliseconds: domain.studios.hibernateAfterMinutes * 60_000,
      preparesKernel: domain.studios.prestart === 'server-and-kernel',
      startRun: (runEvents) =>
        startGate.run(async () => {
          const person = await findAllowedPerson(profileName);
          return startStudioRun({
            ...{ person, domain, programs, homes, socketFolder, sandboxHost, apps, log },
            hostUid: hasHostUids ? person.hostUid : undefined,
            startTimeoutMilliseconds:
              options.startTimeoutMilliseconds ?? defaultStartTimeoutMilliseconds,
            ...runEvents,
          });
        }),
    });
    studios.set(profileName, studio);
    return studio;
  }

  async function endStudio(profileName: ProfileName, reason: string): Promise<void> {
    await studios.get(profileName)?.stop(reason, { byPerson: true });
  }

  function prestart(profileName: ProfileName): void {
    if (domain.studios.prestart === 'nothing') return;
    studioOf(profileName)
      .start('signIn')
      .catch((error: unknown) =>
        log.warn({ profileName, err: error }, 'Cannot start ahead of need'),
      );
  }

  function inBackground(what: string, profileName: ProfileName, work: Promise<void>): void {
    work.catch((error: unknown) => log.error({ profileName, err: error }, what));
  }

  events.on('signedIn', ({ profileName }) => prestart(profileName));
  events.on('disabled', ({ profileName }) => {
    const ended = endStudio(profileName, 'The profile was disabled');
    inBackground('Cannot end a studio', profileName, ended);
  });
  events.on('removed', ({ profileName, deleteHome }) => {
    const removed = endStudio(profileName, 'The profile was removed').then(async () => {
      studios.delete(profileName);
      if (deleteHome) await homes.deleteHome(profileName);
    });
    inBackground('Cannot remove a studio', profileName, removed);
  });
  events.on('languageChanged', ({ profileName, language }) => {
    studios.get(profileName)?.run?.send({ event: 'language', language });
  });

  return {
    prestart,
    endStudio,
    followLaunch: (launchId, profileName) => launches.follow(launchId, profileName),
    launch: ({ profileName }, sessionId) =>
      launches.begin({
        profileName,
        async run(finish) {
          const person = await findAllowedPerson(profileName);
          const action = 'sagemaker:CreatePresignedDomainUrl';
          const decision = options.authorize({ principal: person, action, resource: profileName });
          if (!decision.allowed) throw new StrongroomError('AccessDenied', decision.sentence);
          finish('Authorize');
          const finished = new Set<string>();
          await studioOf(profileName).start('launch', (stage) => {
            finished.add(stage);
            finish(stage);
          });
          for (const stage of ['PrepareHome', 'StartSandbox', 'StartServer'] as const) {
            if (!finished.has(stage)) finish(stage);
          }
          const token = await presignedUrls.issue(profileName, sessionId);
          const url = `${options.origins.studio(profileName)}/auth?token=${token}`;
          return { url, expiresInSeconds: presignedUrlSeconds };
        },
      }),
    async apps(profileName) {
      const listed = await apps.list(profileName);
      const memory = await measureMemory([...studios.values()]);
      return listed.map((app) => ({ ...app, memoryBytes: memory.get(app.appId) ?? null }));
    },
    async stopApp(profileName, appId) {
      const isStopped = await studios.get(profileName)?.stopApp(appId, stopReason);
      if (isStopped === true) return;
      throw new StrongroomError('AppNotFound', 'This app does not run (any more)');
    },
    listFiles: (person, path) => homeFiles.list(person, path),
    readFile: (person, path) => homeFiles.read(person, path),
    visit: ({ profileName }, cause) => studioOf(profileName).visit(cause),
    redeemPresignedUrl: (token, profileName) => presignedUrls.redeem(token, profileName),
    async close() {
      isClosed = true;
      await Promise.all([...studios.keys()].map((name) => endStudio(name, closeReason)));
    },
  };
}

async function measureMemory(studios: readonly Studio[]): Promise<Map<string, number>> {
  const sandboxes = studios.flatMap((studio) => studio.run?.sandboxes() ?? []);
  const measured = await Promise.all(
    sandboxes.map(async (sandbox) => {
      const usage = await sandbox.usage().catch(() => undefined);
      return [sandbox.appId, usage?.memoryBytes] as const;
    }),
  );
  return new Map(
    measured.flatMap(([appId, memoryBytes]) =>
      memoryBytes === undefined ? [] : [[appId, memoryBytes] as const],
    ),
  );
}
