import type { StartKernelRequest } from '@strongroom/contracts';
import { type ChannelMessage, type MessageFrames, parseHeader } from '@strongroom/jupyter-protocol';
import { AgentError } from '../http/agent-error.ts';
import type { KernelSpec } from '../kernelspecs/kernel-spec.ts';
import { logFailure } from '../log-failure.ts';
import { CellOutput } from './cell-output.ts';
import { type ClientLink, type ClientLinkEvents, closeCodes } from './client-link.ts';
import { KernelActivity } from './kernel-activity.ts';
import type { KernelClient } from './kernel-client.ts';
import { KernelClients } from './kernel-clients.ts';
import type { KernelHost } from './kernel-host.ts';
import { KernelMessage } from './kernel-message.ts';
import type { KernelNotices } from './kernel-notices.ts';
import { type KernelEnd, KernelProcess } from './kernel-process.ts';
import { maximumKernelMessageBytes } from './kernel-socket.ts';
import type { KernelTimes } from './kernel-times.ts';
import { KernelVoice } from './kernel-voice.ts';
import { RestartPolicy } from './restart-policy.ts';

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

type KernelState = 'starting' | 'idle' | 'busy' | 'restarting' | 'autorestarting' | 'dead';

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
  readonly #options: KernelOptions;
  readonly #clients: KernelClients;
  readonly #voice = new KernelVoice();
  readonly #activity = new KernelActivity();
  readonly #restartPolicy = new RestartPolicy();
  readonly #cellOutput = new CellOutput(() => performance.now());
  #process: KernelProcess | undefined;
  /** A run that is being started; one at a time has this kernel's id. */
  #starting: Promise<void> | undefined;
  #transition: 'restarting' | 'autorestarting' | undefined;
  #deathReason: string | undefined;
  /** The cell that ran when the kernel's output was lost. */
  #lostParent: Buffer | undefined;
  #isShutDown = false;
  #lastActivityAt = new Date();

  private constructor(options: KernelOptions) {
    this.#options = options;
    this.id = options.request.kernelId;
    this.#clients = new KernelClients({
      onMessage: (client, message) => this.#forward(client, message),
      createDropNotice: ({ frames }, limitBytes) =>
        this.#voice.createNotice(
          options.notices().outboxShortened(limitBytes),
          frames.parentHeader,
        ),
    });
  }

  /** Resolves when the control plane has started it, some time before it answers. */
  static async start(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    await kernel.#run();
    return kernel;
  }

  get isDead(): boolean {
    return this.#deathReason !== undefined;
  }

  /** It does what it was asked to. */
  get isBusy(): boolean {
    return this.#activity.state === 'busy';
  }

  get connectionCount(): number {
    return this.#clients.connectedCount;
  }

  toModel(): KernelModel {
    return {
      id: this.id,
      name: this.#options.spec.name,
      last_activity: this.#lastActivityAt.toISOString(),
      execution_state: this.isDead ? 'dead' : (this.#transition ?? this.#activity.state),
      connections: this.connectionCount,
      ...(this.#deathReason !== undefined && { reason: this.#deathReason }),
    };
  }

  connect(sessionId: string, openLink: (events: ClientLinkEvents) => ClientLink): void {
    this.#clients.connect(sessionId, openLink);
  }

  /** Throws `Unavailable` where there is nothing to interrupt yet, or the kernel does not take part. */
  async interrupt(): Promise<void> {
    const process = this.#process;
    // A signal now would end the kernel's start instead of a cell.
    if (process?.isAlive !== true) {
      throw new AgentError('Unavailable', 'The kernel is still starting: no cell of it runs yet');
    }
    if ((await process.interrupt()) === 'interrupted') return;
    throw new AgentError(
      'Unavailable',
      'The kernel does not answer to an interrupt. Restart it from the Kernel menu',
    );
  }

  /** Resolves when the new run has been started, some time before it answers. */
  async restart(): Promise<void> {
    await this.#starting?.catch(ignore);
    if (this.#isShutDown) throw new AgentError('NotFound', `No such kernel: "${this.id}"`);
    this.#transition = 'restarting';
    this.#deathReason = undefined;
    this.#restartPolicy.reset();
    const process = this.#leaveProcess({ keepHeld: false });
    await this.#startAgain(async () => {
      await process?.stop({ restart: true });
    });
  }

  async shutDown(): Promise<void> {
    this.#isShutDown = true;
    await this.#starting?.catch(ignore);
    await this.#leaveProcess({ keepHeld: false })?.stop({ restart: false });
    this.#clients.close(closeCodes.done, 'The kernel was shut down');
  }

  /** Leaves the kernel to the control plane: the agent is ending. */
  async abandon(): Promise<void> {
    this.#isShutDown = true;
    this.#clients.close(closeCodes.goingAway, 'The studio is closing');
    await this.#leaveProcess({ keepHeld: false })?.abandon();
  }

  /** Throws where it cannot be started: then the kernel is dead. */
  async #startAgain(prepare: () => Promise<void>): Promise<void> {
    this.#starting = prepare()
      .then(() => this.#run())
      .finally(() => {
        this.#starting = undefined;
      });
    try {
      await this.#starting;
    } catch (error) {
      this.#die(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  async #run(): Promise<void> {
    const process = await KernelProcess.start({
      ...this.#options,
      onOutput: (frames) => this.#publish(frames),
      onOutputLost: () => {
        this.#lostParent = this.#activity.runningParent;
      },
      onOutputRecovered: () => this.#endLostOutput(),
    });
    if (this.#isShutDown) {
      await process.stop({ restart: false });
      return;
    }
    this.#process = process;
    this.#activity.reset();
    this.#cellOutput.beginCell();
    this.#clients.bind(process);
    process.alive
      .then(() => {
        if (this.#process === process) this.#transition = undefined;
      })
      .catch(ignore);
    process.ended.then((end) => this.#handleEnd(process, end)).catch(ignore);
  }

  #leaveProcess(options: { keepHeld: boolean }): KernelProcess | undefined {
    const process = this.#process;
    this.#process = undefined;
    this.#clients.unbind(options);
    return process;
  }

  /** The run ended without anyone having asked for it. */
  #handleEnd(process: KernelProcess, end: KernelEnd): void {
    if (this.#process !== process) return;
    // A run that was never heard held nothing to lose: what waits for the kernel waits on.
    this.#leaveProcess({ keepHeld: !process.wasHeard });
    const reason = this.#findDeathReason(process, end);
    if (reason !== undefined) {
      this.#die(reason);
      return;
    }
    if (process.wasHeard) this.#tellRestart(end);
    this.#startAgain(async () => {}).catch((error: unknown) =>
      logFailure(`Cannot start kernel ${this.id} again`, error),
    );
  }

  /** `undefined` where it is to be started again. */
  #findDeathReason(process: KernelProcess, end: KernelEnd): string | undefined {
    const { times } = this.#options;
    const notices = this.#options.notices();
    if (end.cause === 'silent') return notices.neverStarted(times.startMilliseconds / 1_000);
    if (end.cause === 'exited' && end.exit.stoppedByPerson) return notices.stoppedInConsole();
    const ranMilliseconds = performance.now() - process.startedAtMilliseconds;
    if (this.#restartPolicy.allowsRestart(ranMilliseconds)) return undefined;
    return notices.notRestarted(end, this.#restartPolicy.quickEndCount);
  }

  #tellRestart(end: KernelEnd): void {
    const parent = this.#activity.runningParent;
    if (parent !== undefined) {
      const text = this.#options.notices().ended(end);
      this.#clients.broadcast(this.#voice.createNotice(text, parent));
    }
    this.#transition = 'autorestarting';
    // The word on the wire for a restart that nobody asked for: Lab clears what waits.
    this.#clients.broadcast(this.#voice.createStatus('restarting', parent));
  }

  /**
   * Lab asks for the model, and shows its reason, when its WebSocket is closed and a new one
   * refused; a `dead` status would only grey the notebook out.
   */
  #die(reason: string): void {
    this.#deathReason = reason;
    this.#transition = undefined;
    this.#activity.reset();
    this.#clients.close(closeCodes.kernelDead, 'The kernel is dead');
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
    if (parseHeader(frames.header).messageType !== 'kernel_info_request') return false;
    client.deliver(this.#voice.createKernelInfoReply(info, frames.header));
    client.deliver(this.#voice.createStatus('busy', frames.header));
    client.deliver(this.#voice.createStatus('idle', frames.header));
    client.deliver(this.#voice.createStatus('busy', running));
    return true;
  }

  /** The idle of the cell whose output was lost may have been lost with it. */
  #endLostOutput(): void {
    const parent = this.#lostParent;
    this.#lostParent = undefined;
    if (parent === undefined) return;
    const text = this.#options.notices().outputLost(maximumKernelMessageBytes);
    this.#clients.broadcast(this.#voice.createNotice(text, parent));
    this.#clients.broadcast(this.#voice.createStatus('idle', parent));
  }

  #publish(frames: MessageFrames): void {
    const message = new KernelMessage('iopub', frames);
    this.#voice.follow(message);
    this.#lastActivityAt = new Date();
    if (message.header.messageType === 'status') this.#observeStatus(frames);
    const { verdict, limits } = this.#cellOutput.judge(message);
    if (verdict === 'pass') this.#clients.broadcast(message);
    if (verdict !== 'drop-and-tell') return;
    const text = this.#options.notices().outputLimited(limits);
    this.#clients.broadcast(this.#voice.createNotice(text, frames.parentHeader));
  }

  #observeStatus(frames: MessageFrames): void {
    const before = this.#activity.runningParent;
    this.#activity.observe(frames);
    const isNewRequest = this.#activity.runningParent !== before;
    if (isNewRequest && this.#activity.state === 'busy') this.#cellOutput.beginCell();
  }
}

/** For promises whose failure is handled where they are made. */
function ignore(): void {}
