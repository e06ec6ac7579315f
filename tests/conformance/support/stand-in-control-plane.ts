import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  type AgentNotice,
  type AgentRequest,
  agentEnvironmentNames,
  agentMessageSchema,
  type ControlPlaneMessage,
  type KernelId,
} from '@strongroom/contracts';

const agentProgram = fileURLToPath(new URL('../../../apps/agent/dist/main.js', import.meta.url));
const labFolder = fileURLToPath(new URL('../../../apps/lab/dist', import.meta.url));
const memoryLimitBytes = 2 * 1024 ** 3;

export interface StandInOptions {
  /** More of the agent's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Answers `startKernel` with this error instead of starting one. */
  readonly refuseKernels?: { readonly code: string; readonly message: string };
}

/**
 * A stand-in for the control plane: it starts the built agent with the descriptors it expects and
 * answers the agent channel by the contract, but runs kernels as plain child processes, without a
 * sandbox. What the sandbox adds is tested by the journeys.
 */
export class StandInControlPlane {
  readonly home: string;
  readonly socketPath: string;
  /** The newest activity the agent told of. */
  activity = { kernelCount: 0, terminalCount: 0 };
  readonly #folder: string;
  readonly #agent: ChildProcess;
  readonly #channel: Duplex;
  readonly #kernels = new Map<KernelId, ChildProcess>();
  readonly #outOfMemory = new Set<KernelId>();
  readonly #options: StandInOptions;
  readonly #started = new EventEmitter<{ kernel: [KernelId] }>();
  #markReady: () => void = () => {};
  readonly ready = new Promise<void>((resolve) => {
    this.#markReady = resolve;
  });

  static async start(options: StandInOptions = {}): Promise<StandInControlPlane> {
    const folder = mkdtempSync(join(tmpdir(), 'agent-'));
    const socketPath = join(folder, 'agent.sock');
    const server = createServer();
    server.listen(`${socketPath}.new`);
    await once(server, 'listening');
    renameSync(`${socketPath}.new`, socketPath);
    const controlPlane = new StandInControlPlane(folder, socketPath, server, options);
    server.close();
    await controlPlane.ready;
    return controlPlane;
  }

  private constructor(folder: string, socketPath: string, server: Server, options: StandInOptions) {
    this.#folder = folder;
    this.#options = options;
    this.socketPath = socketPath;
    this.home = join(folder, 'home');
    mkdirSync(this.home);
    mkdirSync(join(folder, 'run'));
    this.#agent = spawn(process.execPath, [agentProgram], {
      stdio: ['ignore', 'inherit', 'inherit', descriptorOf(server), 'pipe'],
      cwd: this.home,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'C.UTF-8',
        [agentEnvironmentNames.home]: this.home,
        [agentEnvironmentNames.profileName]: 'alice',
        [agentEnvironmentNames.imageName]: 'host-python',
        [agentEnvironmentNames.instanceType]: 'ml.t3.medium',
        STRONGROOM_RUNTIME_FOLDER: join(folder, 'run'),
        STRONGROOM_LAB_FOLDER: labFolder,
        ...options.environment,
      },
    });
    this.#channel = this.#agent.stdio[4] as Duplex;
    this.#channel.on('error', () => {});
    createInterface({ input: this.#channel }).on('line', (line) => this.#receive(line));
  }

  /** The agent's resident memory. */
  agentMemoryBytes(): number {
    const status = readFileSync(`/proc/${this.#agent.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  send(message: ControlPlaneMessage): void {
    this.#channel.write(`${JSON.stringify(message)}\n`);
  }

  kernelIds(): KernelId[] {
    return [...this.#kernels.keys()];
  }

  /** Ends a kernel as a crash would. */
  killKernel(kernelId: string): void {
    this.#kernels.get(kernelId as KernelId)?.kill('SIGKILL');
  }

  async nextKernelStart(): Promise<KernelId> {
    const [kernelId] = await once(this.#started, 'kernel');
    return kernelId as KernelId;
  }

  /** Connection files and sockets of that kernel. */
  runtimeFiles(kernelId: string): string[] {
    return readdirSync(join(this.#folder, 'run', 'k')).filter((name) => name.startsWith(kernelId));
  }

  /** Ends a kernel as the kernel's memory limit would. */
  endOutOfMemory(kernelId: string): void {
    this.#outOfMemory.add(kernelId as KernelId);
    this.killKernel(kernelId);
  }

  async close(): Promise<void> {
    this.send({ event: 'shutdown' });
    if (this.#agent.exitCode === null && this.#agent.signalCode === null) {
      await once(this.#agent, 'exit');
    }
    for (const kernel of this.#kernels.values()) kernel.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #receive(line: string): void {
    const message = agentMessageSchema.parse(JSON.parse(line));
    if ('notice' in message) this.#note(message);
    else this.#answer(message).catch(() => this.#agent.kill('SIGKILL'));
  }

  #note(notice: AgentNotice): void {
    if (notice.notice === 'ready') {
      this.#markReady();
      return;
    }
    if (notice.notice !== 'activity') return;
    const { kernelCount, terminalCount } = notice;
    this.activity = { kernelCount, terminalCount };
  }

  async #answer(request: AgentRequest): Promise<void> {
    const { id } = request;
    if (request.method === 'startKernel' && this.#options.refuseKernels !== undefined) {
      this.send({ id, error: this.#options.refuseKernels });
      return;
    }
    if (request.method === 'startKernel') this.#startKernel(request);
    if (request.method === 'stopKernel') await this.#stopKernel(request.params.kernelId);
    if (request.method === 'signalKernel') {
      this.#kernels.get(request.params.kernelId)?.kill(request.params.signal);
    }
    this.send({ id, result: {} });
  }

  #startKernel({ params }: Extract<AgentRequest, { method: 'startKernel' }>): void {
    const [command = '', ...parameters] = params.argv;
    const { kernelId, environment, workingDirectory } = params;
    const kernel = spawn(command, parameters, {
      cwd: workingDirectory,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'C.UTF-8',
        HOME: this.home,
        ...environment,
      },
      stdio: 'ignore',
    });
    this.#kernels.set(kernelId, kernel);
    this.#started.emit('kernel', kernelId);
    kernel.on('error', () => kernel.emit('exit', 127, null));
    kernel.once('exit', (exitCode, signal) => {
      this.#kernels.delete(kernelId);
      this.send({
        event: 'kernelExited',
        ...{ kernelId, exitCode, signal, memoryLimitBytes, stoppedByPerson: false, reason: null },
        outOfMemory: this.#outOfMemory.delete(kernelId),
      });
    });
  }

  async #stopKernel(kernelId: KernelId): Promise<void> {
    const kernel = this.#kernels.get(kernelId);
    if (kernel === undefined) return;
    const ended = once(kernel, 'exit');
    kernel.kill('SIGKILL');
    await ended;
  }
}

/** Node inherits a descriptor's number but not a `net.Server`, and names the number nowhere public. */
function descriptorOf(server: Server): number {
  const { _handle: handle } = server as Server & { readonly _handle?: { readonly fd: number } };
  if (handle === undefined) throw new Error('Cannot hand over a server that does not listen');
  return handle.fd;
}
