import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { StrongroomError } from '@strongroom/contracts';
import type { RunningSandbox, SandboxHost, SandboxMount, SandboxSpec } from '@strongroom/sandbox';
import { newAppId } from '../../studios/app-name.ts';
import { Gate } from '../../studios/gate.ts';
import type { OpenVolume, RepositoriesVolume } from '../repositories-volume.ts';
import { collectText } from './collect-text.ts';
import { gitConfiguration } from './git-configuration.ts';
import { prepareVolume } from './prepare-volume.ts';

export interface GitSandboxesOptions {
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  readonly volume: RepositoriesVolume;
  readonly hostUid: number | undefined;
  readonly maximumPushBytes: () => number;
  /** The Node.js binary and the programs that hooks are, on the host. */
  readonly programs: { readonly node: string; readonly hooks: string };
}

export interface GitWork {
  /** `undefined`: the folder of all repositories, where one is made or removed. */
  readonly repositoryId: string | undefined;
  readonly mode: 'read-only' | 'read-write';
  /** For sh(1), with `arguments` as `$1`, `$2` …; its standard input is `GitProcess.input`. */
  readonly script: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether our hooks run and have descriptor 4 to speak on. */
  readonly hasHooks?: boolean;
  readonly signal?: AbortSignal;
  readonly limitMilliseconds?: number;
}

/** Git at work on one repository, in a sandbox that has nothing else. */
export interface GitProcess {
  readonly input: Duplex;
  readonly output: Readable;
  /** What hooks say and are answered; where there are any. */
  readonly channel: Duplex | undefined;
  /** What it complained of; its end alone, where it is long. */
  complaint(): string;
  /** Settles when all of it is gone. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly outOfMemory: boolean }>;
  /** Lets it put its own things away first. */
  stop(): void;
}

const insideFolders = {
  repository: '/srv/repository.git',
  repositories: '/srv/repositories',
  hooks: '/opt/strongroom/git-hooks',
  node: '/opt/strongroom/bin/node',
} as const;

const mebibyte = 1024 ** 2;
const limits = {
  memoryBytes: 1024 * mebibyte,
  cpuCount: 2,
  processCount: 128,
  openFileCount: 1024,
  temporaryFolderBytes: 16 * mebibyte,
  sharedMemoryBytes: mebibyte,
};
const defaultLimitMilliseconds = 30 * 60_000;
const stopGraceMilliseconds = 3_000;
const processesAtOnce = 24;

/**
 * Runs real Git, each time in a sandbox of its own: no network, one repository, nobody's uid. `started`,
 * `ended`: one of them is there, or gone.
 */
export class GitSandboxes extends EventEmitter<{ started: [GitWork]; ended: [GitWork] }> {
  readonly #options: GitSandboxesOptions;
  readonly #gate = new Gate(processesAtOnce);
  readonly #running = new Set<RunningSandbox>();

  constructor(options: GitSandboxesOptions) {
    super();
    this.#options = options;
  }

  /** @throws {StrongroomError} `KeyUnavailable`, `RepositoryUnavailable` */
  async start(work: GitWork): Promise<GitProcess> {
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    return new Promise<GitProcess>((resolve, reject) => {
      this.#gate
        .run(async () => {
          try {
            const process = await this.#launch(work);
            void process.ended.then(leave);
            resolve(process);
            await left;
          } catch (error) {
            reject(error);
          }
        }, work.signal)
        .catch(reject);
    });
  }

  /** Whether what nobody waits for yet would soon be in the way of others. */
  isBusy(): boolean {
    return this.#gate.runningCount >= processesAtOnce / 2;
  }

  /** @throws {StrongroomError} `KeyUnavailable`, `RepositoryUnavailable` */
  async requireVolume(): Promise<void> {
    await this.#openVolume();
  }

  async close(): Promise<void> {
    const stopped = [...this.#running].map((each) => each.stop({ graceMilliseconds: 500 }));
    await Promise.all(stopped);
  }

  async #launch(work: GitWork): Promise<GitProcess> {
    const opened = await this.#openVolume();
    const sandbox = await this.#sandbox(work, opened.folder);
    return this.#follow(work, sandbox, opened);
  }

  #openVolume(): Promise<OpenVolume> {
    return this.#options.volume.open((folder) => this.#prepare(folder));
  }

  /** What a killed Git left behind would be in the way of the next one. */
  async #prepare(folder: string): Promise<void> {
    const work: GitWork = { repositoryId: undefined, mode: 'read-write', script: prepareVolume };
    const sandbox = await this.#sandbox(work, folder);
    sandbox.duplex(3).end();
    sandbox.stdout.resume();
    const complaint = collectText(sandbox.stderr);
    const { exitCode } = await sandbox.exited;
    if (exitCode !== 0) throw new Error(`Cannot prepare the repositories: ${complaint()}`);
  }

  async #sandbox(work: GitWork, folder: string): Promise<RunningSandbox> {
    try {
      const sandbox = await this.#options.sandboxHost.launch(this.#spec(work, folder));
      this.#running.add(sandbox);
      this.emit('started', work);
      void sandbox.exited.then(() => {
        this.#running.delete(sandbox);
        this.emit('ended', work);
      });
      return sandbox;
    } catch (error) {
      throw new StrongroomError(
        'RepositoryUnavailable',
        'Cannot open the repository: no sandbox could be started for it',
        {
          remedy: 'Try again. If it fails again, give an administrator the reference.',
          cause: error,
        },
      );
    }
  }

  #follow(work: GitWork, sandbox: RunningSandbox, { lost }: OpenVolume): GitProcess {
    const { signal, limitMilliseconds = defaultLimitMilliseconds } = work;
    const stop = () => void sandbox.stop({ graceMilliseconds: stopGraceMilliseconds });
    const kill = () => void sandbox.stop({ graceMilliseconds: 0 });
    const timer = setTimeout(stop, limitMilliseconds);
    lost.addEventListener('abort', kill);
    signal?.addEventListener('abort', stop);
    if (lost.aborted) kill();
    if (signal?.aborted) stop();
    const input = sandbox.duplex(3);
    // A program that ends early leaves input unread.
    input.on('error', () => undefined).resume();
    const channel = work.hasHooks ? sandbox.duplex(4) : undefined;
    channel?.on('error', () => undefined);
    const ended = sandbox.ended.then(({ exitCode, outOfMemory }) => {
      clearTimeout(timer);
      lost.removeEventListener('abort', kill);
      signal?.removeEventListener('abort', stop);
      return { exitCode, outOfMemory };
    });
    const complaint = collectText(sandbox.stderr);
    return { input, output: sandbox.stdout, channel, complaint, ended, stop };
  }

  #spec(work: GitWork, folder: string): SandboxSpec {
    const { repositoryId, mode, hasHooks = false } = work;
    const { hostUid, maximumPushBytes, programs } = this.#options;
    const inside =
      repositoryId === undefined ? insideFolders.repositories : insideFolders.repository;
    const source = repositoryId === undefined ? folder : join(folder, repositoryId);
    const hooks: SandboxMount[] = [
      { source: programs.node, target: insideFolders.node, mode: 'read-only' },
      { source: programs.hooks, target: insideFolders.hooks, mode: 'read-only' },
    ];
    return {
      ...{ appId: newAppId(), label: `git: ${repositoryId ?? 'all'}`, hostUid },
      root: { kind: 'host' },
      command: ['/bin/sh', '-c', `exec 0<&3 3<&-\n${work.script}`, 'sh', ...(work.arguments ?? [])],
      workingDirectory: inside,
      environment: {
        ...{ PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
        ...gitConfiguration({
          maximumPushBytes: maximumPushBytes(),
          hooksFolder: hasHooks ? insideFolders.hooks : undefined,
        }),
        ...work.environment,
      },
      ...{ userName: 'git', homeFolder: '/nonexistent' },
      mounts: [{ source, target: inside, mode }, ...(hasHooks ? hooks : [])],
      ...{ network: 'isolated', limits },
      descriptors: hasHooks ? ['duplex', 'duplex'] : ['duplex'],
    };
  }
}
