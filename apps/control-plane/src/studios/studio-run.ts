import type {
  AppId,
  ControlPlaneMessage,
  JobId,
  LaunchStage,
  OfferedKernels,
  Sentence,
  StartKernelRequest,
} from '@strongroom/contracts';
import { systemInstanceType } from '@strongroom/domain';
import type { Clock } from '../clock.ts';
import type { Gpus } from '../compute/gpus/gpus.ts';
import type { Homes } from '../homes/homes.ts';
import type { Person } from '../identity/person.ts';
import type { StudioConnectivity } from '../network/studio-connectivity.ts';
import type { KernelRuntime } from '../runtimes/kernel-runtime.ts';
import { answerAgent } from './answer-agent.ts';
import type { AppEnd } from './app-end.ts';
import type { AppEnding } from './app-ending.ts';
import { serverLimitsOf } from './app-limits.ts';
import { newAppId, serverAppName } from './app-name.ts';
import type { AppStore } from './app-store.ts';
import type { StudioSandboxHost } from './bounded-sandbox-host.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import type { KernelReference } from './kernel-app.ts';
import { KernelApps } from './kernel-apps.ts';
import type { KernelDenialRule, StudioImages } from './kernel-request.ts';
import { type ListeningSocket, openListeningSocket } from './listening-socket.ts';
import type { JobNotice } from './notebook-run.ts';
import type { RunningApp } from './running-app.ts';
import type { RuntimeFolders } from './runtime-folders.ts';
import { agentSpec, type ProgramFolders } from './sandbox-specs.ts';
import { type ServerApp, startServerApp } from './server-app.ts';
import { explainStartFailure, StudioStartError } from './start-failure.ts';
import type { StudioLog } from './studio-log.ts';
import { TearDown } from './tear-down.ts';

export interface StudioRunOptions {
  readonly person: Person;
  /** `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  readonly domain: StudioDomain;
  readonly images: StudioImages;
  readonly programs: ProgramFolders;
  readonly homes: Pick<Homes, 'open'>;
  readonly runtimeFolders: RuntimeFolders;
  readonly socketFolder: string;
  readonly sandboxHost: StudioSandboxHost;
  readonly runtime: KernelRuntime;
  readonly connectivity: StudioConnectivity;
  readonly gpus: Gpus;
  readonly apps: AppStore;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly startTimeoutMilliseconds: number;
  /** Ends the start as soon as nobody may have it any more. */
  readonly signal: AbortSignal;
  /** Whether policy allows this kernel now. @throws {StrongroomError} `AccessDenied` */
  requireKernel(kernel: KernelReference): Promise<void>;
  /** What it costs may be more than is left. @throws {StrongroomError} `BudgetReached` */
  requireMeans(kernel: KernelReference): Promise<void>;
  /** What to do about a kernel that had too little memory. */
  explainOutOfMemory(size: InstanceTypeSettings): Promise<Sentence>;
  /** Before an allowed kernel is started. @throws {StrongroomError} `AuditUnavailable` */
  recordKernel(request: StartKernelRequest): Promise<void>;
  /** Before a kernel that no policy was asked about is refused. @throws {StrongroomError} `AuditUnavailable` */
  recordDenial(rule: KernelDenialRule): Promise<void>;
  /** The kernels of the images that its owner may use now. */
  describeKernels(): Promise<OfferedKernels>;
  /** Called as each stage is finished. */
  onStage(stage: LaunchStage): void;
  /** What the agent says of its kernels and terminals changed. */
  onActivity(): void;
}

/** What the agent says people use. It may lie: that keeps or ends its own studio and nothing else. */
interface Activity {
  kernelCount: number;
  terminalCount: number;
}

/** One run of a studio, from the start of its server to its end, with everything that belongs to it. */
export interface StudioRun {
  readonly appId: AppId;
  readonly socketPath: string;
  readonly activity: Readonly<Activity>;
  /** Settles as soon as it can serve nobody any more. */
  readonly ending: Promise<void>;
  /** Settles when nothing of it is left. Never rejects. */
  readonly ended: Promise<void>;
  send(message: ControlPlaneMessage): void;
  /** What its agent tells of one job, until the answer is called; of a job that nobody follows it says nothing. */
  followJob(jobId: JobId, listener: (notice: JobNotice) => void): () => void;
  /** Ends each of its kernels that policy no longer allows. */
  reviewKernels(): Promise<void>;
  /** False where none of its kernels is that app. */
  endKernelApp(appId: AppId, ending: AppEnding): Promise<boolean>;
  /** Its server and its kernels, those that wait for their turn too. */
  runningApps(): readonly RunningApp[];
  /** `reason`: one English sentence, shown with its apps. */
  stop(reason: string): Promise<void>;
}

/** @throws {StudioStartError} after everything that was begun is undone */
export async function startStudioRun(options: StudioRunOptions): Promise<StudioRun> {
  const { person, apps, log } = options;
  const appId = newAppId();
  const fields = { profileName: person.profileName, appId };
  const tearDown = new TearDown(log, fields);
  const server: { app?: ServerApp } = {};
  try {
    await apps.add({
      ...{ appId, appType: 'JupyterServer', appName: serverAppName },
      profileName: person.profileName,
      imageName: options.domain.defaults.imageName,
      instanceType: systemInstanceType,
    });
    const run = await startParts({ ...options, appId, fields, tearDown, server });
    await apps.setStatus(appId, 'InService');
    return run;
  } catch (error) {
    const { aborted, reason: why } = options.signal;
    const failure = new StudioStartError(explainStartFailure(aborted ? why : error));
    log[aborted ? 'info' : 'error'](
      { ...fields, reference: failure.reference, err: error, output: server.app?.outputTail() },
      'Cannot start a studio',
    );
    await tearDown.run();
    const reason = `${failure.message} (reference ${failure.reference})`;
    const [status, endReason] = aborted
      ? (['Deleted', failure.message] as const)
      : (['Failed', reason] as const);
    await apps.end(appId, status, endReason).catch(() => undefined);
    throw failure;
  }
}

interface StartContext extends StudioRunOptions {
  readonly appId: AppId;
  readonly fields: { readonly profileName: string; readonly appId: AppId };
  readonly tearDown: TearDown;
  /** Where a failure finds what the server wrote. */
  readonly server: { app?: ServerApp };
}

async function startParts(context: StartContext): Promise<StudioRun> {
  const { person, hostUid, domain, tearDown, log, fields, apps, appId, sandboxHost } = context;
  const { ground, home, socket, connectivity } = await prepareGround(context);
  context.signal.throwIfAborted();
  const activity: Activity = { kernelCount: 0, terminalCount: 0 };
  const followedJobs = new Map<JobId, (notice: JobNotice) => void>();
  let stopReason: string | undefined;
  const kernels = new KernelApps({
    ...{ ground, domain, apps, log, runtime: context.runtime, programs: context.programs },
    images: context.images,
    ...{ gpus: context.gpus, clock: context.clock },
    requireKernel: (kernel) => context.requireKernel(kernel),
    requireMeans: (kernel) => context.requireMeans(kernel),
    explainOutOfMemory: (kernelSize) => context.explainOutOfMemory(kernelSize),
    recordKernel: (request) => context.recordKernel(request),
    recordDenial: (rule) => context.recordDenial(rule),
    onExit: (exit) =>
      context.server.app?.send({
        event: 'kernelExited',
        kernelId: exit.kernelId,
        exitCode: exit.exitCode,
        signal: exit.signal,
        outOfMemory: exit.outOfMemory,
        memoryLimitBytes: exit.memoryLimitBytes,
        stoppedByPerson: exit.stoppedByPerson,
        reason: exit.reason,
      }),
  });
  const size = domain.instanceTypes.find((type) => type.instanceType === systemInstanceType);
  if (size === undefined) {
    throw new Error(`Cannot start a studio: no instance type is named "${systemInstanceType}"`);
  }
  const server = await startServerApp({
    spec: agentSpec({
      ...{ ground, appId, size, programs: context.programs, defaults: domain.defaults },
      listeningServer: socket.server,
    }),
    ...{ sandboxHost, log, fields },
    onRequest: (request) => answerAgent(kernels, request, context),
    onActivity({ kernelCount, terminalCount, busyKernelIds }) {
      kernels.heardBusy(busyKernelIds);
      Object.assign(activity, { kernelCount, terminalCount });
      context.onActivity();
    },
    onJob: (notice) => followedJobs.get(notice.jobId)?.(notice),
  });
  context.server.app = server;
  tearDown.add('server', () => server.stop());
  tearDown.add('kernels', () => kernels.close(stopReason ?? "The studio's server ended"));
  // Nothing may join the namespaces of a process that is gone: another could get its number.
  void ground.network.ended.then(() => server.stop());
  context.signal.addEventListener('abort', () => void server.stop(), { once: true });
  void home.lost.then((reason) => {
    stopReason ??= reason;
    return server.stop();
  });
  await socket.handedOver();
  context.signal.throwIfAborted();
  context.onStage('StartSandbox');
  await Promise.all([server.untilReady(context.startTimeoutMilliseconds), connectivity.ready]);
  context.signal.throwIfAborted();
  context.onStage('StartServer');

  const ended = server.ending.then(async () => {
    const own = await server.ended;
    await tearDown.run();
    const end: AppEnd = stopReason === undefined ? own : { status: 'Deleted', reason: stopReason };
    const isOwn = stopReason === undefined;
    log[isOwn ? 'warn' : 'info'](
      { ...fields, ...end, ...(isOwn ? { output: server.outputTail() } : {}) },
      'Studio ended',
    );
    await apps.end(appId, end.status, end.reason).catch((error: unknown) => {
      log.error({ ...fields, err: error }, 'Cannot record the end of an app');
    });
  });
  log.info({ ...fields, hostUid }, `Studio of ${person.profileName} started`);
  const serverLimits = serverLimitsOf(size);
  const startedAt = context.clock();
  return {
    ...{ appId, activity, socketPath: socket.path, ending: server.ending, ended },
    send: (message) => server.send(message),
    followJob(jobId, listener) {
      followedJobs.set(jobId, listener);
      return () => void followedJobs.delete(jobId);
    },
    reviewKernels: () => kernels.review(),
    endKernelApp: (kernelAppId, ending) => kernels.endApp(kernelAppId, ending),
    runningApps: () => [
      {
        ...{ appId, appType: 'JupyterServer', appName: serverAppName, kernelId: null },
        ...{ profileName: person.profileName, imageName: domain.defaults.imageName, startedAt },
        ...{ instanceType: size.instanceType, queuePosition: null, gpus: [], imageDigest: null },
        stage: stopReason === undefined ? 'running' : 'ending',
        ...{ memoryLimitBytes: serverLimits.memoryBytes, cpuLimit: serverLimits.cpuCount },
        sandbox: server.sandbox,
      },
      ...kernels.running(),
    ],
    async stop(reason) {
      stopReason ??= reason;
      await apps.setStatus(appId, 'Deleting').catch(() => undefined);
      await Promise.all([server.stop(), kernels.close(reason)]);
      await ended;
    },
  };
}

async function prepareGround(context: StartContext) {
  const { person, hostUid, homes, runtimeFolders, tearDown, sandboxHost } = context;
  const [home, runtime, socket, network] = await Promise.allSettled([
    homes.open(person.profileName, hostUid),
    runtimeFolders.prepare(person.profileName, hostUid),
    openListeningSocket(context.socketFolder, person.profileName),
    sandboxHost.createStudioNetwork({ hostUid }),
  ]);
  // The first to be added is the last to be undone: when nothing uses the home any more.
  if (home.status === 'fulfilled') tearDown.add('home', () => home.value.close());
  tearDown.add('runtime folder', () => runtimeFolders.discard(person.profileName));
  if (socket.status === 'fulfilled') tearDown.add('socket', () => socket.value.remove());
  if (network.status === 'fulfilled') tearDown.add('network', () => network.value.close());
  const connectivity = context.connectivity.open(fulfilled(network), {
    ...{ person, appId: context.appId },
  });
  tearDown.add('connectivity', () => connectivity.close());
  const ground = {
    ...{ person, hostUid, connectivity },
    homeFolder: fulfilled(home).folder,
    runtimeFolder: fulfilled(runtime),
    network: fulfilled(network),
  };
  context.onStage('PrepareHome');
  return {
    ...{ ground, connectivity, home: fulfilled(home) },
    socket: fulfilled(socket) as ListeningSocket,
  };
}

function fulfilled<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
