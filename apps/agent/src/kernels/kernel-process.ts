import { randomUUID } from 'node:crypto';
import type { StartKernelRequest } from '@strongroom/contracts';
import { type MessageFrames, MessageSigner } from '@strongroom/jupyter-protocol';
import { formatKernelCommand, type KernelSpec } from '../kernelspecs/kernel-spec.ts';
import { logFailure } from '../log-failure.ts';
import { type ConnectionFiles, createConnectionFiles } from './connection-files.ts';
import { within } from './deadline.ts';
import type { KernelExit, KernelHost } from './kernel-host.ts';
import { KernelRequests } from './kernel-requests.ts';
import { KernelSocket, type KernelSocketOptions } from './kernel-socket.ts';
import type { KernelTimes } from './kernel-times.ts';
import { loadZeroMq, type ZeroMq } from './zeromq.ts';

/** Why a kernel's run is over. */
export type KernelEnd =
  | { readonly cause: 'exited'; readonly exit: KernelExit }
  /** It was told to stop. */
  | { readonly cause: 'stopped' }
  /** It ran but said nothing in time. */
  | { readonly cause: 'silent' }
  /** It runs but has closed its sockets. */
  | { readonly cause: 'unreachable' };

export interface KernelProcessOptions {
  readonly host: KernelHost;
  readonly runtimeFolder: string;
  readonly spec: KernelSpec;
  readonly request: Omit<StartKernelRequest, 'argv'>;
  readonly times: KernelTimes;
  readonly onOutput: (frames: MessageFrames) => void;
  /** From now on output is lost. */
  readonly onOutputLost: () => void;
  /** It is heard again, and has done what it was asked before the loss. */
  readonly onOutputRecovered: () => void;
}

/** What a timer can hold (2³¹ − 1, 24 days): a cell may run for as long. */
const longestMilliseconds = 2_147_483_647;

type SocketRequest = Pick<KernelSocketOptions, 'name' | 'onMessage'> &
  Partial<Pick<KernelSocketOptions, 'routingId' | 'onConnection'>>;

/** One run of a kernel: from the request to start it until its end is known and cleared away. */
export class KernelProcess {
  /** Resolves when the kernel has been heard on iopub: from then on nothing it says is missed. */
  readonly alive: Promise<void>;
  /** Resolves once; the sockets are closed by then. */
  readonly ended: Promise<KernelEnd>;
  readonly startedAtMilliseconds: number;

  readonly #options: KernelProcessOptions;
  readonly #zeroMq: ZeroMq;
  readonly #files: ConnectionFiles;
  readonly #signer: MessageSigner;
  readonly #requests = new KernelRequests(randomUUID());
  readonly #iopub: KernelSocket;
  readonly #shell: KernelSocket;
  readonly #control: KernelSocket;
  readonly #disconnected = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #markAlive: () => void = () => {};
  #markEnded: (end: KernelEnd) => void = () => {};
  #isAlive = false;
  #isEnded = false;
  #hasExited = false;
  /** Set once its end is decided on, whichever way the exit is then reported. */
  #decidedEnd: KernelEnd | undefined;
  #kernelInfo: MessageFrames | undefined;

  private constructor(options: KernelProcessOptions, zeroMq: ZeroMq, files: ConnectionFiles) {
    this.#options = options;
    this.#zeroMq = zeroMq;
    this.#files = files;
    this.#signer = new MessageSigner(files.info.key);
    this.startedAtMilliseconds = performance.now();
    this.alive = new Promise((resolve) => {
      this.#markAlive = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    const onMessage = (frames: MessageFrames) => this.#requests.settle(frames);
    this.#iopub = this.openSocket({
      name: 'iopub',
      onMessage: (frames) => this.#receiveOutput(frames),
      onConnection: (connected) => this.#watchConnection('iopub', connected),
    });
    this.#shell = this.openSocket({
      name: 'shell',
      onMessage,
      onConnection: (connected) => this.#watchConnection('shell', connected),
    });
    this.#control = this.openSocket({ name: 'control', onMessage });
  }

  /** Resolves when the control plane has started it; throws its refusal as an `AgentError`. */
  static async start(options: KernelProcessOptions): Promise<KernelProcess> {
    const { host, request, runtimeFolder, spec } = options;
    const { kernelId } = request;
    const files = await createConnectionFiles({ runtimeFolder, kernelId, kernelName: spec.name });
    let process: KernelProcess | undefined;
    let earlyExit: KernelExit | undefined;
    try {
      const argv = formatKernelCommand(spec, files.path);
      const started = host.start({ ...request, argv }, (exit) => {
        if (process === undefined) earlyExit = exit;
        else process.#handleExit(exit);
      });
      const [zeroMq] = await Promise.all([loadZeroMq(), started]);
      process = new KernelProcess(options, zeroMq, files);
    } catch (error) {
      await files.remove();
      throw error;
    }
    if (earlyExit === undefined) process.#awaitLife();
    else process.#handleExit(earlyExit);
    return process;
  }

  get isAlive(): boolean {
    return this.#isAlive && !this.#isEnded;
  }

  /** It is gone, while what it said last may still be read. */
  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** Whether it ever was alive. */
  get wasHeard(): boolean {
    return this.#isAlive;
  }

  /** Its answer to `kernel_info_request`, once it gave one. */
  get kernelInfo(): MessageFrames | undefined {
    return this.#kernelInfo;
  }

  openSocket(request: SocketRequest): KernelSocket {
    const { info } = this.#files;
    return new KernelSocket({ zeroMq: this.#zeroMq, info, signer: this.#signer, ...request });
  }

  /** On the shell channel, before whatever is asked next; `undefined` where no answer comes in time. */
  async ask(type: string, content: Readonly<Record<string, unknown>>, timeoutMilliseconds: number) {
    return await this.#requests.send(this.#shell, { type, content }, timeoutMilliseconds);
  }

  /** By message; by signal where the kernel does not answer and its spec allows. */
  async interrupt(): Promise<'interrupted' | 'silent'> {
    const { host, request, spec, times } = this.#options;
    const message = { type: 'interrupt_request', content: {} };
    const canSignal = spec.interruptMode === 'signal';
    const patience = canSignal ? times.interruptMilliseconds : times.silenceMilliseconds;
    if ((await this.#requests.send(this.#control, message, patience)) !== undefined) {
      return 'interrupted';
    }
    if (!canSignal) return 'silent';
    await host.interrupt(request.kernelId);
    return 'interrupted';
  }

  /** Asks the kernel to shut down, then ends its sandbox; resolves when it is gone. */
  async stop(options: { restart: boolean }): Promise<void> {
    if (this.#decidedEnd === undefined) {
      this.#decidedEnd = { cause: 'stopped' };
      await this.#askToShutDown(options);
      await this.#stopSandbox();
      await this.#end(this.#decidedEnd);
    }
    await this.ended;
  }

  /** Closes what this process holds and leaves the kernel to the control plane. */
  async abandon(): Promise<void> {
    this.#decidedEnd ??= { cause: 'stopped' };
    await this.#end(this.#decidedEnd);
  }

  async #askToShutDown({ restart }: { restart: boolean }): Promise<void> {
    if (!this.isAlive) return;
    const { times } = this.#options;
    const message = { type: 'shutdown_request', content: { restart } };
    const answered = await Promise.race([
      this.#requests.send(this.#control, message, times.interruptMilliseconds),
      this.ended,
    ]);
    if (answered !== undefined) await within(times.shutdownMilliseconds, this.ended);
  }

  async #stopSandbox(): Promise<void> {
    if (this.#isEnded) return;
    const { host, request, times } = this.#options;
    try {
      await host.stop(request.kernelId);
      await within(times.silenceMilliseconds, this.ended);
    } catch (error) {
      // The control plane ends every sandbox with the studio: one that it cannot end now is its.
      logFailure(`Cannot stop kernel ${request.kernelId}`, error);
    }
  }

  /** Asks until the kernel is heard on iopub: what it publishes before we are connected is lost. */
  #awaitLife(): void {
    const { startMilliseconds, nudgeMilliseconds } = this.#options.times;
    this.#after(startMilliseconds, () => {
      if (!this.#isAlive) this.#giveUp({ cause: 'silent' });
    });
    const nudge = async () => {
      const message = { type: 'kernel_info_request', content: {} };
      const reply = await this.#requests.send(this.#shell, message, startMilliseconds);
      if (reply !== undefined) this.#kernelInfo = reply;
      if (!this.#isAlive) this.#after(nudgeMilliseconds, () => void nudge());
    };
    void nudge();
  }

  #receiveOutput(frames: MessageFrames): void {
    if (!this.#isAlive) {
      this.#isAlive = true;
      this.#markAlive();
    }
    this.#options.onOutput(frames);
  }

  #watchConnection(name: 'iopub' | 'shell', connected: boolean): void {
    if (connected) {
      const isBack = this.#disconnected.delete(name);
      if (isBack && name === 'iopub') this.#recoverOutput().catch(logRecoveryFailure);
      return;
    }
    this.#disconnected.add(name);
    if (name === 'iopub') this.#options.onOutputLost();
    this.#after(this.#options.times.reconnectMilliseconds, () => {
      if (this.#disconnected.has(name)) this.#socketNamed(name).reconnect();
    });
    // An ending kernel disconnects too, and its exit is reported within moments.
    this.#after(this.#options.times.unreachableMilliseconds, () => {
      if (this.#disconnected.has(name)) this.#giveUp({ cause: 'unreachable' });
    });
  }

  #socketNamed(name: 'iopub' | 'shell'): KernelSocket {
    return name === 'iopub' ? this.#iopub : this.#shell;
  }

  /** Requests are served in order: once this one is answered, those before it are done. */
  async #recoverOutput(): Promise<void> {
    const message = { type: 'kernel_info_request', content: {} };
    const reply = await this.#requests.send(this.#shell, message, longestMilliseconds);
    if (reply !== undefined && !this.#isEnded) this.#options.onOutputRecovered();
  }

  #giveUp(end: KernelEnd): void {
    if (this.#decidedEnd !== undefined) return;
    this.#decidedEnd = end;
    this.#stopSandbox()
      .then(() => this.#end(end))
      .catch((error: unknown) => logFailure('Cannot end a kernel', error));
  }

  #handleExit(exit: KernelExit): void {
    this.#hasExited = true;
    // What it said last may still be on its way through the sockets.
    const drainMilliseconds =
      this.#decidedEnd === undefined ? this.#options.times.drainMilliseconds : 0;
    this.#after(drainMilliseconds, () => {
      this.#end(this.#decidedEnd ?? { cause: 'exited', exit }).catch((error: unknown) =>
        logFailure('Cannot clear up after a kernel', error),
      );
    });
  }

  async #end(end: KernelEnd): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of [this.#iopub, this.#shell, this.#control]) socket.close();
    await this.#files.remove();
    this.#markEnded(end);
  }

  #after(milliseconds: number, action: () => void): void {
    if (this.#isEnded) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }
}

function logRecoveryFailure(error: unknown): void {
  logFailure('Cannot hear a kernel again', error);
}
