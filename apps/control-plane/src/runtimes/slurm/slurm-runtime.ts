import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StrongroomError, sandboxPaths } from '@strongroom/contracts';
import type { HostSetup, SandboxSpec } from '@strongroom/sandbox';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { KernelExit, KernelLaunch, KernelRuntime, RunningKernel } from '../kernel-runtime.ts';
import { folderIdentity } from './folder-identity.ts';
import { isTakenAway, jobEndSentence } from './job-ends.ts';
import type { NodeLink } from './node-link.ts';
import type { ExpectedNode, NodeListener } from './node-listener.ts';
import type { JobFile, LaunchOrder } from './node-protocol.ts';
import type { SlurmCommands, SubmittedJob } from './slurm-commands.ts';
import { SocketRelay } from './socket-relay.ts';

interface SlurmRuntimeOptions {
  readonly slurm: SlurmCommands;
  readonly listener: NodeListener;
  readonly connectAddress: string;
  /** PEM of those that may have signed the listener's certificate. */
  readonly authorities: () => string;
  /** Under the data folder, where nodes see it too. */
  readonly jobFolder: string;
  readonly hostMode: HostSetup['mode'];
  readonly homesFolder: string | undefined;
  readonly acceptUnenforced: readonly string[];
  readonly programs: { readonly node: string; readonly clusterNode: string };
  readonly log: StudioLog;
  readonly startTimeoutMilliseconds?: number;
}

/** How long a job may wait for a place and connect. */
const defaultStartTimeoutMilliseconds = 60_000;
/** Beyond the grace, until a kernel that does not end is ended by Slurm. */
const patienceMilliseconds = 10_000;

/** Each kernel app is a job of the cluster. */
export class SlurmRuntime implements KernelRuntime {
  readonly #options: SlurmRuntimeOptions;

  constructor(options: SlurmRuntimeOptions) {
    this.#options = options;
  }

  async launch({ spec, size, runtimeFolder, signal }: KernelLaunch): Promise<RunningKernel> {
    if ((size.gpuCount ?? 0) > 0) {
      throw new StrongroomError(
        'InstanceTypeUnavailable',
        `Cannot start a kernel on "${size.instanceType}": GPUs of a cluster cannot be used yet. Choose another instance type`,
      );
    }
    const { slurm, listener, programs, log } = this.#options;
    const { hostUid, command, appId } = spec;
    const relay = await SocketRelay.open({ runtimeFolder, hostUid, command });
    const expected = listener.expect();
    const jobFile = join(this.#options.jobFolder, `${appId}.json`);
    let job: SubmittedJob | undefined;
    let link: NodeLink | undefined;
    try {
      const order = await this.#orderOf(spec, relay.connection);
      await this.#writeJobFile(jobFile, expected.token);
      const words = [programs.node, programs.clusterNode, jobFile];
      job = slurm.submit({ jobName: `strongroom-${appId}`, size, command: words });
      link = await this.#connected(expected, job, signal);
      await link.launch(order);
      await relay.listen(link);
      const { jobId, nodeName } = link;
      log.info({ appId, jobId, nodeName }, 'Kernel app runs on the cluster');
      return this.#follow(link, job, relay);
    } catch (error) {
      link?.destroy();
      job?.cancel();
      await relay.close();
      throw error;
    } finally {
      expected.forget();
      await rm(jobFile, { force: true });
    }
  }

  async #writeJobFile(path: string, token: string): Promise<void> {
    const { listener, connectAddress, authorities, jobFolder } = this.#options;
    const content: JobFile = {
      ...{ address: connectAddress, port: listener.port, token, authorities: authorities() },
    };
    await mkdir(jobFolder, { recursive: true, mode: 0o700 });
    await writeFile(path, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  }

  /** What of a launch has a meaning on another machine. */
  async #orderOf(spec: SandboxSpec, connection: LaunchOrder['connection']): Promise<LaunchOrder> {
    const { hostMode, homesFolder, acceptUnenforced } = this.#options;
    const { homeFolder, root, command, limits } = spec;
    const kept = new Set([homeFolder, sandboxPaths.node, sandboxPaths.agentFolder]);
    const mounts = spec.mounts.filter(({ target }) => kept.has(target));
    const home = mounts.filter(({ target }) => target === homeFolder);
    const same = [
      ...home.map(({ source }) => source),
      ...(root.kind === 'folder' ? [root.folder] : []),
    ];
    return {
      ...{ mode: hostMode, acceptUnenforced: [...acceptUnenforced], connection },
      homesFolder: homesFolder ?? null,
      sameFolders: await Promise.all(
        same.map(async (path) => ({ path, identity: await folderIdentity(path) })),
      ),
      spec: {
        ...{ appId: spec.appId, label: spec.label, hostUid: spec.hostUid ?? null, root, limits },
        ...{ command: [...command], workingDirectory: spec.workingDirectory, mounts, homeFolder },
        ...{ environment: { ...spec.environment }, userName: spec.userName },
      },
    };
  }

  /** @throws {StrongroomError} `SandboxUnavailable`, where Slurm does not start it, or not in time */
  async #connected(
    expected: ExpectedNode,
    job: SubmittedJob,
    signal: AbortSignal,
  ): Promise<NodeLink> {
    const { startTimeoutMilliseconds = defaultStartTimeoutMilliseconds, log } = this.#options;
    const late = AbortSignal.timeout(startTimeoutMilliseconds);
    const gone = AbortSignal.any([late, signal]);
    const given = new Promise<never>((_, reject) => {
      gone.addEventListener('abort', () => reject(noPlace), { once: true });
    });
    const ended = job.ended.then(({ said }): never => {
      log.warn({ said }, 'Slurm did not start a job');
      throw new StrongroomError('SandboxUnavailable', 'The cluster could not start the kernel', {
        remedy: 'Try again. If it fails again, give an administrator the reference',
        cause: new Error(said),
      });
    });
    return Promise.race([expected.connected, given, ended]);
  }

  #follow(link: NodeLink, job: SubmittedJob, relay: SocketRelay): RunningKernel {
    const { slurm } = this.#options;
    const { jobId } = link;
    let isAsked = false;
    // Slurm's word goes before the connection's: a node that it gave up may still be connected.
    void job.ended.then(() => link.destroy());
    const ended = link
      .exit()
      .catch(() => undefined)
      .finally(async () => {
        await relay.close();
        // What it printed last is still on its way.
        link.close();
      });
    const exited = this.#exitOf(link, job, { ended, isAsked: () => isAsked }).finally(() => {
      const overdue = setTimeout(() => void slurm.cancel(jobId), patienceMilliseconds).unref();
      void job.ended.then(() => clearTimeout(overdue));
    });
    return {
      exited,
      ...{ stdout: link.output('stdout'), stderr: link.output('stderr') },
      signalMain: (name) => link.signalMain(name),
      usage: () => link.usage(),
      processes: () => link.processes(),
      async stop({ graceMilliseconds }) {
        isAsked = true;
        const overdue = setTimeout(() => {
          void slurm.cancel(jobId);
          link.destroy();
        }, graceMilliseconds + patienceMilliseconds);
        await link.stop(graceMilliseconds).catch(() => undefined);
        const exit = await exited;
        clearTimeout(overdue);
        return exit;
      },
    };
  }

  /** Where Slurm ends a job, it ends the kernel too: what the node says of that is not the whole truth. */
  async #exitOf(
    link: NodeLink,
    job: SubmittedJob,
    kernel: { readonly ended: Promise<KernelExit | undefined>; readonly isAsked: () => boolean },
  ): Promise<KernelExit> {
    const { slurm, log } = this.#options;
    const { jobId, nodeName } = link;
    const exit = await kernel.ended;
    if (exit !== undefined && (kernel.isAsked() || exit.outOfMemory)) return exit;
    // While a job is being ended, Slurm does not say why yet.
    await Promise.race([job.ended, delay(patienceMilliseconds, undefined, { ref: false })]);
    const state = await slurm.endStateOf(jobId);
    if (exit !== undefined && !isTakenAway(state)) return exit;
    link.destroy();
    log.warn({ jobId, nodeName, state }, 'The cluster took a kernel app away');
    const cause = jobEndSentence(state, nodeName);
    return { exitCode: null, signal: null, outOfMemory: false, cause };
  }
}

const noPlace = new StrongroomError(
  'InstanceTypeBusy',
  'Cannot start the kernel: the cluster had no free place for it in time. Try again later, or choose a smaller instance type',
);
