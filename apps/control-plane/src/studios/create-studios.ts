import type { LaunchStage, ProfileName } from '@strongroom/contracts';
import type { HostSetup, SandboxHost } from '@strongroom/sandbox';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Gpus } from '../compute/gpus/gpus.ts';
import type { OfferedImages } from '../compute/offered-images.ts';
import type { Homes } from '../homes/homes.ts';
import type { Origins } from '../http/origins.ts';
import type { IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { StudioConnectivity } from '../network/studio-connectivity.ts';
import type { Authorize } from '../policies/access-request.ts';
import { type KernelRuntime, localRuntime } from '../runtimes/kernel-runtime.ts';
import type { State } from '../state/database.ts';
import { stoppedInConsole } from './app-ending.ts';
import type { AppObserver } from './app-observer.ts';
import { AppStore } from './app-store.ts';
import { boundedSandboxHost } from './bounded-sandbox-host.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import { HomeFiles } from './home-files.ts';
import type { KernelReference } from './kernel-app.ts';
import { type KernelImages, KernelOffers } from './kernel-offers.ts';
import type { LaunchRequest } from './launch-portal.ts';
import { Launches } from './launches.ts';
import { nextLarger, outOfMemorySentence } from './memory-ending.ts';
import { platformEnds } from './platform-ends.ts';
import { preparedKernelsOf } from './prepared-kernels.ts';
import { PresignedUrls, presignedUrlSeconds } from './presigned-urls.ts';
import { openRuntimeFolders } from './runtime-folders.ts';
import type { ProgramFolders } from './sandbox-specs.ts';
import { openSocketFolder } from './socket-folder.ts';
import type { StudioLog } from './studio-log.ts';
import { StudioRegistry } from './studio-registry.ts';
import { startStudioRun } from './studio-run.ts';
import type { Studios } from './studios.ts';

export interface StudiosOptions {
  readonly state: State;
  readonly sandboxHost: SandboxHost;
  /** Where kernels run; on this host where it is left out. */
  readonly runtime?: KernelRuntime | undefined;
  readonly homes: Homes;
  readonly connectivity: StudioConnectivity;
  readonly hostMode: HostSetup['mode'];
  readonly domain: StudioDomain;
  readonly gpus: Gpus;
  readonly images: Pick<OfferedImages, 'defaultKernelName'> &
    KernelImages & { mayUse(person: Person, imageName: string): boolean };
  /**
   * Whether a person has the means for one more kernel of this size; asked before each start, and again
   * after a wait. @throws {StrongroomError} `BudgetReached`
   */
  readonly requireMeans?: (profileName: ProfileName, kernel: KernelReference) => Promise<void>;
  /** Hears of each app that is added, started and ended. */
  readonly observer?: AppObserver;
  /** Of an earlier control plane that was killed. */
  readonly lastAliveAt?: Date | undefined;
  readonly people: Pick<People, 'find'>;
  /** Listened to: signedIn, disabled, removed, languageChanged. */
  readonly events: IdentityEvents;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'accessDenied' | 'kernelAllowed'>;
  readonly origins: Pick<Origins, 'studio'>;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** Absolute. */
  readonly dataFolder: string;
  readonly programs: ProgramFolders;
  /** How long a server may take until it serves. */
  readonly startTimeoutMilliseconds?: number;
}

const defaultStartTimeoutMilliseconds = 30_000;
const launchTimeoutMilliseconds = 20_000;
/** A right that ends by itself (a condition on the time) is noticed within this. */
const reviewMilliseconds = 5_000;

/** Ends what an earlier, killed control plane left, then serves everybody's studios. */
export async function createStudios(options: StudiosOptions): Promise<Studios> {
  const { state, clock, log, people, domain, programs, events, homes, images } = options;
  const offers = new KernelOffers(images, people);
  await options.sandboxHost.killLeftovers();
  const sandboxHost = boundedSandboxHost(options.sandboxHost, launchTimeoutMilliseconds);
  const runtime = options.runtime ?? localRuntime(sandboxHost);
  const runtimeFolders = await openRuntimeFolders(options.dataFolder, log);
  const socketFolder = await openSocketFolder(options.dataFolder);
  const apps = new AppStore({ state, clock, observer: options.observer });
  await apps.endAll(options.lastAliveAt);
  const presignedUrls = new PresignedUrls({ state, clock });
  const launches = new Launches(log);
  const hasHostUids = options.hostMode === 'root';
  const homeFiles = new HomeFiles({ homes, hasHostUids, programs, sandboxHost });
  const startTimeoutMilliseconds =
    options.startTimeoutMilliseconds ?? defaultStartTimeoutMilliseconds;
  const registry = new StudioRegistry({
    ...{ people, log, authorize: options.authorize, audit: options.audit },
    domain,
    preparedKernels: (profileName) => preparedKernels(profileName),
    startRun: (person, runEvents) =>
      startStudioRun({
        ...{
          person,
          domain,
          programs,
          images,
          homes,
          runtimeFolders,
          socketFolder,
          sandboxHost,
          runtime,
          apps,
          clock,
          log,
        },
        ...{ connectivity: options.connectivity, gpus: options.gpus },
        requireKernel: (kernel) => registry.requireKernel(person.profileName, kernel),
        describeKernels: () => offers.describe(person.profileName),
        requireMeans: async (kernel) => options.requireMeans?.(person.profileName, kernel),
        explainOutOfMemory: (size) => explainOutOfMemory(person.profileName, size),
        recordKernel: (request) => options.audit.kernelAllowed(person.profileName, request),
        recordDenial: (rule) => registry.recordKernelDenial(person.profileName, rule),
        ...{ hostUid: hasHostUids ? person.hostUid : undefined, startTimeoutMilliseconds },
        ...runEvents,
      }),
  });

  async function preparedKernels(profileName: ProfileName) {
    const person = await people.find(profileName);
    if (person === undefined) return [];
    const allowed = await registry.allowedTypes(profileName);
    return preparedKernelsOf({
      ...{ domain, defaultKernelName: (imageName) => images.defaultKernelName(imageName) },
      mayUseImage: (imageName) => images.mayUse(person, imageName),
      mayUseType: (type) => allowed.some(({ instanceType }) => instanceType === type),
    });
  }

  async function explainOutOfMemory(profileName: ProfileName, size: InstanceTypeSettings) {
    const allowed = await registry.allowedTypes(profileName);
    const possible = allowed.filter(({ gpuCount = 0 }) => options.gpus.lackFor(gpuCount) === null);
    return outOfMemorySentence(size, nextLarger(size, possible));
  }

  function prestart(profileName: ProfileName): void {
    if (domain.studios.prestart === 'nothing') return;
    registry
      .of(profileName)
      .start('signIn')
      .catch((error: unknown) =>
        log.warn({ profileName, err: error }, 'Cannot start ahead of need'),
      );
  }
  followIdentity({ events, registry, homes, homeFiles, log, prestart });
  const announceKernels = () =>
    offers
      .announce(registry)
      .catch((error: unknown) => log.error({ err: error }, 'Cannot tell studios of their kernels'));
  const stopFollowingImages = images.onChange(() => void announceKernels());
  const reviewing = setInterval(() => {
    registry.review().catch((error: unknown) => log.error({ err: error }, 'Cannot review studios'));
    void announceKernels();
  }, reviewMilliseconds).unref();

  async function launch(
    { visitor, profileName, sessionId }: LaunchRequest,
    finish: (stage: LaunchStage) => void,
  ) {
    await registry.requireEntry(visitor.profileName, profileName);
    finish('Authorize');
    const finished = new Set<LaunchStage>();
    await registry.of(profileName).start('launch', (stage) => {
      finished.add(stage);
      finish(stage);
    });
    // A studio that ran already has these behind it.
    for (const stage of ['PrepareHome', 'StartSandbox', 'StartServer'] as const) {
      if (!finished.has(stage)) finish(stage);
    }
    // The start took its time; whoever lost the right meanwhile gets no address.
    await registry.requireEntry(visitor.profileName, profileName);
    const token = await presignedUrls.issue(profileName, sessionId);
    const url = `${options.origins.studio(profileName)}/auth?token=${token}`;
    return { url, expiresInSeconds: presignedUrlSeconds };
  }

  return {
    prestart,
    launch: (request) =>
      launches.begin({
        ...{ profileName: request.profileName, visitorName: request.visitor.profileName },
        run: (finish) => launch(request, finish),
      }),
    followLaunch: (launchId, visitorName) => launches.follow(launchId, visitorName),
    async apps() {
      const [listed, memory] = await Promise.all([apps.list(), registry.measureMemory()]);
      return listed.map((app) => ({ ...app, memoryBytes: memory.get(app.appId) ?? null }));
    },
    stopApp: (profileName, appId) => registry.endApp(profileName, appId, stoppedInConsole),
    endApp: (profileName, appId, ending) => registry.endApp(profileName, appId, ending),
    runningApps: (profileName) => registry.runningApps(profileName),
    allowedTypes: (profileName) => registry.allowedTypes(profileName),
    async review() {
      await registry.review();
      await announceKernels();
    },
    endStudio: (profileName, reason) => registry.end(profileName, reason),
    listFiles: (person, path) => homeFiles.list(person, path),
    readFile: (person, path) => homeFiles.read(person, path),
    writeNewFile: (person, name, bytes) => homeFiles.write(person, name, bytes),
    runNotebook: ({ profileName, ...asked }) => registry.of(profileName).runNotebook(asked),
    visit: ({ profileName }, cause) => registry.of(profileName).visit(cause),
    redeemPresignedUrl: (token, profileName) => presignedUrls.redeem(token, profileName),
    beginClosing: () => apps.beginClosing(),
    async close() {
      apps.beginClosing();
      clearInterval(reviewing);
      stopFollowingImages();
      await registry.close(platformEnds.restart);
    },
  };
}

/** What happens to people happens to their studios. */
function followIdentity(options: {
  readonly events: IdentityEvents;
  readonly registry: StudioRegistry;
  readonly homes: Homes;
  readonly homeFiles: HomeFiles;
  readonly log: StudioLog;
  readonly prestart: (profileName: ProfileName) => void;
}): void {
  const { events, registry, homes, homeFiles, log, prestart } = options;
  const inBackground = (profileName: ProfileName, work: Promise<void>) => {
    work.catch((error: unknown) => log.error({ profileName, err: error }, 'Cannot end a studio'));
  };
  events.on('signedIn', ({ profileName }) => prestart(profileName));
  events.on('disabled', ({ profileName }) => {
    homeFiles.endAllOf(profileName);
    inBackground(profileName, registry.end(profileName, 'The profile was disabled'));
  });
  events.on('removed', ({ profileName, deleteHome }) => {
    homeFiles.endAllOf(profileName);
    const removed = registry.remove(profileName, 'The profile was removed');
    inBackground(
      profileName,
      removed.then(() => (deleteHome ? homes.delete(profileName) : undefined)),
    );
  });
  events.on('languageChanged', ({ profileName, language }) => {
    registry.find(profileName)?.run?.send({ event: 'language', language });
  });
}
