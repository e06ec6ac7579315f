import { randomUUID } from 'node:crypto';
import type { StartKernelRequest } from '@strongroom/contracts';
import {
  type ChannelMessage,
  createMessage,
  type MessageFrames,
  parseHeader,
} from '@strongroom/jupyter-protocol';
import { AgentError } from '../http/agent-error.ts';
import type { KernelSpec } from '../kernelspecs/kernel-spec.ts';
import { logFailure } from '../log-failure.ts';
import { type ClientLink, closeCodes } from './client-link.ts';
import { KernelActivity } from './kernel-activity.ts';
import { KernelClient } from './kernel-client.ts';
import type { KernelHost } from './kernel-host.ts';
import { KernelMessage } from './kernel-message.ts';
import type { KernelNotices } from './kernel-notices.ts';
import { type KernelEnd, KernelProcess } from './kernel-process.ts';
import type { KernelTimes } from './kernel-times.ts';
import { OutputGate, outputLimits } from './output-gate.ts';
import { RestartPolicy } from './restart-policy.ts';

/** Clients that are away and may come back; the longest away is forgotten first. */
const maximumAwayClients = 4;

export interface KernelDependencies {
  readonly host: KernelHost;
  readonly runtimeFolder: string;
  readonly times: KernelTimes;
  /** In the person's language of that moment. */
  readonly notices: () => KernelNotices;
}

export interface KernelOptions extends KernelDependencies {
  readonly spec: KernelSpec;
  readonly request: Omit<StartKernelRequest, 'argv'>;
}

export type KernelState = 'starting' | 'idle' | 'busy' | 'restarting' | 'autorestarting' | 'dead';

/** The kernel model of the Jupyter server API. `reason` is shown where `execution_state` is `dead`. */
export interface KernelModel {
  readonly id: string;
  readonly name: string;
  readonly last_activity: string;
  readonly execution_state: KernelState;
  readonly connections: number;
  readonly reason?: string;
}

/** A kernel as its clients know it: one id over restarts and reconnections. */
export class Kernel {
  readonly id: string;
  readonly spec: KernelSpec;
  readonly workingDirectory: string;

  readonly #options: KernelOptions;
  readonly #clients = new Map<string, KernelClient>();
  readonly #activity = new KernelActivity();
  readonly #restartPolicy = new RestartPolicy();
  #gate = new OutputGate(outputLimits, () => performance.now());
  #process: KernelProcess | undefined;
  /** The last run's session id, for what the agent says when the kernel cannot. */
  #session: string = randomUUID();
  #transition: 'restarting' | 'autorestarting' | undefined;
  #deathReason: string | undefined;
  /** A run that is being started; one at a time has this kernel's id. */
  #starting: Promise<void> | undefined;
  #isShutDown = false;
  #lastActivityAt = new Date();

  private constructor(options: KernelOptions) {
    this.#options = options;
    this.id = options.request.kernelId;
    this.spec = options.spec;
    this.workingDirectory = options.request.workingDirectory;
  }

  /** Resolves when the control plane has started it, some time before it answers. */
  static async start(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    await kernel.#run();
    return kernel;
  }

  get state(): KernelState {
    if (this.#deathReason !== undefined) return 'dead';
    return this.#transition ?? this.#activity.state;
  }

  get isDead(): boolean {
    return this.#deathReason !== undefined;
  }

  get connectionCount(): number {
    return [...this.#clients.values()].filter((client) => client.isConnected).length;
  }

  toModel(): KernelModel {
    return {
      id: this.id,
      name: this.spec.name,
      last_activity: this.#lastActivityAt.toISOString(),
      execution_state: this.state,
      connections: this.connectionCount,
      ...(this.#deathReason !== undefined && { reason: this.#deathReason }),
    };
  }

  /** Gives a WebSocket to the client of that session, a new one or one that comes back. */
  connect(
    sessionId: string,
    openLink: (events: { onMessage(message: ChannelMessage): void; onClose(): void }) => ClientLink,
  ): void {
    const client = this.#clients.get(sessionId) ?? this.#addClient(sessionId);
    const link = openLink({
      onMessage: (message) => this.#forward(client, message),
      onClose: () => {
        if (client.detach(link)) this.#forgetLongestAway(client);
      },
    });
    client.attach(link);
  }

  /** Throws `Unavailable` where the kernel does not take part. */
  async interrupt(): Promise<void> {
    const outcome = await this.#process?.interrupt();
    if (outcome === 'interrupted') return;
    throw new AgentError(
      'Unavailable',
      'The kernel does not answer to an interrupt. Restart it from the Kernel menu',
    );
  }

  /** Resolves when the new run has been started, some time before it answers. */
  async restart(): Promise<void> {
    await this.#starting?.catch(ignore);
    if (this.#isShutDown) throw new AgentError('NotFound', `No such kernel: "${this.id}"`);
    this.#starting = this.#restart().finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  async #restart(): Promise<void> {
    this.#transition = 'restarting';
    this.#deathReason = undefined;
    this.#restartPolicy.reset();
    const process = this.#process;
    this.#leaveProcess();
    await process?.stop({ restart: true });
    await this.#run();
  }

  async shutDown(): Promise<void> {
    this.#isShutDown = true;
    await this.#starting?.catch(ignore);
    const process = this.#process;
    this.#leaveProcess();
    await process?.stop({ restart: false });
    this.#closeClients(closeCodes.done, 'The kernel was shut down');
  }

  /** Leaves the kernel to the control plane: the agent is ending. */
  async abandon(): Promise<void> {
    this.#isShutDown = true;
    this.#closeClients(closeCodes.done, 'The studio is closing');
    const process = this.#process;
    this.#leaveProcess();
    await process?.abandon();
  }

  async #run(): Promise<void> {
    let process: KernelProcess;
    try {
      process = await KernelProcess.start({
        ...this.#options,
        onOutput: (frames) => this.#publish(frames),
      });
    } catch (error) {
      if (this.#transition !== undefined) this.#die(describe(error));
      throw error;
    }
    if (this.#isShutDown) {
      await process.stop({ restart: false });
      return;
    }
    this.#process = process;
    this.#activity.reset();
    this.#gate = new OutputGate(outputLimits, () => performance.now());
    for (const client of this.#clients.values()) client.bind(process);
    process.alive
      .then(() => {
        if (this.#process === process) this.#transition = undefined;
      })
      .catch(ignore);
    process.ended.then((end) => this.#handleEnd(process, end)).catch(ignore);
  }

  #leaveProcess(options = { keepHeld: false }): void {
    this.#session = this.#process?.session || this.#session;
    this.#process = undefined;
    for (const client of this.#clients.values()) client.unbind(options);
  }

  /** The run ended without anyone having asked for it. */
  #handleEnd(process: KernelProcess, end: KernelEnd): void {
    if (this.#process !== process) return;
    const { notices, times } = this.#options;
    this.#leaveProcess({ keepHeld: !process.wasHeard });
    if (end.cause === 'silent') {
      this.#die(notices().neverStarted(times.startMilliseconds / 1_000));
      return;
    }
    if (end.cause === 'exited' && end.exit.stoppedByPerson) {
      this.#die(notices().stoppedInConsole());
      return;
    }
    const ranMilliseconds = performance.now() - process.startedAtMilliseconds;
    if (!this.#restartPolicy.allowsRestart(ranMilliseconds)) {
      this.#die(notices().notRestarted(end, this.#restartPolicy.quickEndCount));
      return;
    }
    // A run that was never heard held nothing to lose: what waits for the kernel waits on.
    if (process.wasHeard) this.#tellRestart(end);
    this.#starting = this.#run()
      .catch((error: unknown) => logFailure(`Cannot start kernel ${this.id} again`, error))
      .finally(() => {
        this.#starting = undefined;
      });
  }

  #tellRestart(end: KernelEnd): void {
    const parent = this.#activity.runningParent;
    if (parent !== undefined) {
      this.#broadcast(this.#createNotice(this.#options.notices().ended(end), parent));
    }
    this.#transition = 'autorestarting';
    // The word on the wire for a restart that nobody asked for: Lab clears what waits.
    this.#broadcast(this.#createStatus('restarting', parent));
  }

  /**
   * Lab asks for the model, and shows its reason, when its WebSocket is closed and a new one
   * refused; a `dead` status would only grey the notebook out.
   */
  #die(reason: string): void {
    this.#deathReason = reason;
    this.#transition = undefined;
    this.#activity.reset();
    this.#closeClients(closeCodes.kernelDead, 'The kernel is dead');
  }

  #closeClients(code: number, reason: string): void {
    for (const client of this.#clients.values()) client.close(code, reason);
    this.#clients.clear();
  }

  #addClient(sessionId: string): KernelClient {
    const client = new KernelClient({
      sessionId,
      createDropNotice: (firstDropped, limitBytes) =>
        this.#createNotice(
          this.#options.notices().outboxShortened(limitBytes),
          firstDropped.frames.parentHeader,
        ),
    });
    this.#clients.set(sessionId, client);
    if (this.#process !== undefined) client.bind(this.#process);
    return client;
  }

  #forgetLongestAway(client: KernelClient): void {
    // Most recently away last.
    this.#clients.delete(client.sessionId);
    this.#clients.set(client.sessionId, client);
    const away = [...this.#clients.values()].filter(({ isConnected }) => !isConnected);
    for (const forgotten of away.slice(0, Math.max(0, away.length - maximumAwayClients))) {
      forgotten.unbind({ keepHeld: false });
      this.#clients.delete(forgotten.sessionId);
    }
  }

  #forward(client: KernelClient, message: ChannelMessage): void {
    // Nothing is said to a kernel on iopub.
    if (message.channel === 'iopub') return;
    this.#lastActivityAt = new Date();
    if (!this.#answerKernelInfo(client, message)) client.forward(message);
  }

  /**
   * A page that opens while a cell runs asks for the kernel's info first and shows nothing before
   * it has it. The kernel would answer after the cell; the agent knows the answer.
   */
  #answerKernelInfo(client: KernelClient, { channel, frames }: ChannelMessage): boolean {
    const info = this.#process?.kernelInfo;
    const running = this.#activity.runningParent;
    if (channel !== 'shell' || info === undefined || running === undefined) return false;
    const request = parseHeader(frames.header);
    if (request.messageType !== 'kernel_info_request') return false;
    const reply: MessageFrames = {
      ...createMessage({ type: 'kernel_info_reply', session: this.#currentSession(), content: {} }),
      parentHeader: frames.header,
      content: info.content,
    };
    client.deliver(new KernelMessage('shell', reply));
    client.deliver(this.#createStatus('busy', frames.header));
    client.deliver(this.#createStatus('idle', frames.header));
    client.deliver(this.#createStatus('busy', running));
    return true;
  }

  #publish(frames: MessageFrames): void {
    const message = new KernelMessage('iopub', frames);
    this.#lastActivityAt = new Date();
    if (message.header.messageType === 'status') this.#activity.observe(frames);
    if (message.importance !== 'output') {
      this.#broadcast(message);
      return;
    }
    const verdict = this.#gate.judge(message.sizeBytes);
    if (verdict === 'pass') this.#broadcast(message);
    if (verdict !== 'drop-and-tell') return;
    const text = this.#options.notices().outputLimited(this.#gate.limits);
    this.#broadcast(this.#createNotice(text, frames.parentHeader));
  }

  #broadcast(message: KernelMessage): void {
    for (const client of this.#clients.values()) client.deliver(message);
  }

  #createNotice(text: string, parentHeader: Buffer): KernelMessage {
    return this.#createPublication('stream', { name: 'stderr', text }, parentHeader);
  }

  #createStatus(state: string, parentHeader: Buffer | undefined): KernelMessage {
    return this.#createPublication('status', { execution_state: state }, parentHeader);
  }

  /** With the kernel's session id: Lab discards what still waits of another session. */
  #createPublication(
    type: string,
    content: Readonly<Record<string, unknown>>,
    parentHeader: Buffer | undefined,
  ): KernelMessage {
    const session = this.#currentSession();
    return new KernelMessage(
      'iopub',
      createMessage({ type, session, content, ...(parentHeader && { parentHeader }) }),
    );
  }

  #currentSession(): string {
    return this.#process?.session || this.#session;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Neither promise rejects. */
function ignore(): void {}
