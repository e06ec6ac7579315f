import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type {
  AgentNotice,
  ControlPlaneMessage,
  OfferedKernels,
  ResizeKernelRequest,
  StartKernelRequest,
} from '@strongroom/contracts';
import type { ControlPlaneChannel } from '../channel/control-plane-channel.ts';
import { AgentError } from '../http/agent-error.ts';

type KernelExited = Extract<ControlPlaneMessage, { event: 'kernelExited' }>;

/** Debian's ipykernel, as the control plane would describe it. */
export const pythonKernel: OfferedKernels['kernels'][number] = {
  name: 'python3',
  imageName: 'host-python',
  specName: 'python3',
  folder: '/usr/share/jupyter/kernels/python3',
  argv: ['/usr/bin/python3', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
  displayName: 'Python 3',
  language: 'python',
  interruptMode: 'signal',
  environment: {},
  metadata: {},
};

/**
 * The control plane's end of the agent channel for tests in one process: kernels are real, and plain
 * child processes.
 */
export class LocalControlPlane extends EventEmitter {
  readonly started: StartKernelRequest[] = [];
  readonly resized: ResizeKernelRequest[] = [];
  readonly notices: AgentNotice[] = [];
  offered: OfferedKernels = { defaultName: 'python3', kernels: [pythonKernel] };
  /** Refuses what it throws for. */
  judge: (request: StartKernelRequest) => void = () => {};
  judgeResize: (request: ResizeKernelRequest) => void = () => {};
  /** What kernels are told to have on another type. */
  resizedEnvironment: Readonly<Record<string, string>> = {};
  readonly #home: string;
  readonly #kernels = new Map<string, ChildProcess>();
  readonly #ends = new Map<string, Partial<KernelExited>>();

  constructor(home: string) {
    super();
    this.setMaxListeners(0);
    this.#home = home;
  }

  get channel(): ControlPlaneChannel {
    return this as unknown as ControlPlaneChannel;
  }

  kernelIds(): string[] {
    return [...this.#kernels.keys()];
  }

  /** Ends a kernel, and tells of its end what is given. */
  kill(kernelId: string, told: Partial<KernelExited> = {}): void {
    this.#ends.set(kernelId, told);
    this.#kernels.get(kernelId)?.kill('SIGKILL');
  }

  notify(notice: AgentNotice): void {
    this.notices.push(notice);
    this.emit('notice', notice);
  }

  /** Resolves with the first notice that `accepts` takes, also one that was there before. */
  async notice(accepts: (notice: AgentNotice) => boolean): Promise<AgentNotice> {
    for (;;) {
      const found = this.notices.find(accepts);
      if (found !== undefined) return found;
      await once(this, 'notice');
    }
  }

  async request(method: string, params: StartKernelRequest): Promise<object> {
    if (method === 'describeKernels') return this.offered;
    if (method === 'resizeKernel') return this.#resize(params);
    if (method === 'startKernel') this.#start(params);
    if (method === 'stopKernel') await this.#stop(params.kernelId);
    if (method === 'signalKernel') this.#kernels.get(params.kernelId)?.kill('SIGINT');
    return {};
  }

  async close(): Promise<void> {
    await Promise.all(this.kernelIds().map((kernelId) => this.#stop(kernelId)));
  }

  #start(params: StartKernelRequest): void {
    this.judge(params);
    this.started.push(params);
    const { kernelId, argv, environment, workingDirectory } = params;
    const [command = '', ...parameters] = argv;
    const kernel = spawn(command, parameters, {
      cwd: workingDirectory,
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: this.#home, ...environment },
      stdio: 'ignore',
    });
    this.#kernels.set(kernelId, kernel);
    kernel.on('error', () => kernel.emit('exit', 127, null));
    kernel.once('exit', (exitCode, signal) => {
      this.#kernels.delete(kernelId);
      this.emit('kernelExited', {
        ...{ event: 'kernelExited', kernelId, exitCode, signal, outOfMemory: false },
        ...{ memoryLimitBytes: 2 * 1024 ** 3, stoppedByPerson: false, reason: null },
        ...this.#ends.get(kernelId),
      });
    });
  }

  #resize(params: ResizeKernelRequest): object {
    this.judgeResize(params);
    this.resized.push(params);
    return { environment: this.resizedEnvironment };
  }

  async #stop(kernelId: string): Promise<void> {
    const kernel = this.#kernels.get(kernelId);
    if (kernel === undefined) return;
    const ended = once(kernel, 'exit');
    kernel.kill('SIGKILL');
    await ended;
  }
}

export function refusal(code: string, message: string): AgentError {
  return new AgentError(code === 'AccessDenied' ? 'Refused' : 'Unavailable', message, {
    controlPlaneCode: code,
  });
}
