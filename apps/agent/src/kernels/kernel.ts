import type { KernelId } from '@strongroom/contracts';
import type { ChannelMessage, MessageFrames } from '@strongroom/jupyter-protocol';
import { AgentError } from '../http/agent-error.ts';
import { ignore } from '../ignore.ts';
import { logFailure } from '../log-failure.ts';
import { answerKernelInfo } from './answer-kernel-info.ts';
import { CellOutput } from './cell-output.ts';
import { type ClientLink, type ClientLinkEvents, closeCodes } from './client-link.ts';
import { findDeathReason } from './death-reason.ts';
import { FirstLife } from './first-life.ts';
import { interruptKernel } from './interrupt-kernel.ts';
import { KernelActivity } from './kernel-activity.ts';
import type { KernelClient } from './kernel-client.ts';
import { KernelClients } from './kernel-clients.ts';
import { KernelMessage } from './kernel-message.ts';
import { describeKernel, type KernelModel } from './kernel-model.ts';
import type { KernelOptions, KernelRun } from './kernel-options.ts';
import { type KernelEnd, KernelProcess } from './kernel-process.ts';
import { maximumKernelMessageBytes } from './kernel-socket.ts';
import { KernelVoice } from './kernel-voice.ts';
import { resizeRun } from './resize-run.ts';
import { RestartPolicy } from './restart-policy.ts';

/** A kernel as its clients know it: one id over restarts and reconnections. */
export class Kernel {
  readonly id: KernelId;
  /** The kernel spec's. */
  readonly name: string;
  readonly #options: KernelOptions;
  readonly #clients: KernelClients;
  readonly #voice = new KernelVoice();
  readonly #activity = new KernelActivity();
  readonly #restartPolicy = new RestartPolicy();
  readonly #cellOutput = new CellOutput(() => performance.now());
  readonly #firstLife = new FirstLife();
  #run: KernelRun;
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
    this.#run = options.run;
    this.id = options.run.request.kernelId;
    this.name = options.run.spec.name;
    this.#clients = new KernelClients({
      onAlone: () => options.observer?.onAlone(this.id),
      onMessage: (client, message) => this.#forward(client, message),
      createDropNotice: ({ frames: { parentHeader } }, limitBytes) =>
        this.#voice.createNotice(options.notices().outboxShortened(limitBytes), parentHeader),
    });
  }

  /** Resolves when the control plane has started it, some time before it answers. */
  static async start(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    await kernel.#startRun();
    return kernel;
  }

  get isDead(): boolean {
    return this.#deathReason !== undefined;
  }

  /** Nothing runs that could answer, whether or not it is about to be started again. */
  get isGone(): boolean {
    return this.isDead || this.#process?.hasExited !== false;
  }

  get instanceType(): string {
    return this.#run.request.instanceType;
  }

  get isBusy(): boolean {
    return this.#activity.state === 'busy';
  }

  get connectionCount(): number {
    return this.#clients.connectedCount;
  }

  toModel(): KernelModel {
    return describeKernel(this, {
      imageName: this.#run.request.imageName,
      lastActivityAt: this.#lastActivityAt,
      executionState: this.isDead ? 'dead' : (this.#transition ?? this.#activity.state),
      reason: this.#deathReason,
    });
  }

  /** Resolves once it answers; throws `Unavailable` with the reason where it dies before that. */
  async heard(): Promise<void> {
    await this.#firstLife.settled;
  }

  isConnected(sessionId: string): boolean {
    return this.#clients.isConnected(sessionId);
  }

  /** To that client alone, behind what it has been sent. */
  deliver(sessionId: string, type: string, content: Readonly<Record<string, unknown>>): void {
    this.#clients.deliver(sessionId, this.#voice.createPublication(type, content));
  }

  connect(sessionId: string, openLink: (events: ClientLinkEvents) => ClientLink): void {
    this.#options.observer?.onConnected(this.id);
    this.#clients.connect(sessionId, openLink);
  }

  /** Throws `Unavailable` where that is not possible now. */
  async interrupt(): Promise<void> {
    await interruptKernel(this.#process);
  }

  /** Before anybody uses it. Throws where it has no other type then; it may have been shut down. */
  async resize(instanceType: string): Promise<void> {
    const resize = { kernel: this, process: this.#process, run: this.#run, instanceType };
    this.#run = await resizeRun(resize, this.#options);
  }

  /** Resolves when the new run has been started, some time before it answers. */
  async restart(): Promise<void> {
    const run = await this.#options.findRun(this.instanceType);
    while (this.#starting !== undefined) await this.#starting.catch(ignore);
    if (this.#isShutDown) throw new AgentError('NotFound', `No such kernel: "${this.id}"`);
    this.#run = run;
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
    this.#firstLife.fail('The kernel was shut down');
    await this.#starting?.catch(ignore);
    await this.#leaveProcess({ keepHeld: false })?.stop({ restart: false });
    this.#clients.close(closeCodes.done, 'The kernel was shut down');
    this.#options.observer?.onShutDown(this.id);
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
      .then(() => this.#startRun())
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

  async #startRun(): Promise<void> {
    const process = await KernelProcess.start({
      ...this.#options,
      ...this.#run,
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
    this.#options.onWork();
    this.#cellOutput.beginCell();
    this.#clients.bind(process);
    void process.alive.then(() => {
      if (this.#process === process) this.#transition = undefined;
      this.#firstLife.begin();
    });
    process.ended.then((end) => this.#handleEnd(process, end)).catch(ignore);
  }

  #leaveProcess(options: { keepHeld: boolean }): KernelProcess | undefined {
    const process = this.#process;
    this.#process = undefined;
    this.#clients.unbind(options);
    this.#options.observer?.onRunEnded(this.id);
    return process;
  }

  /** The run ended without anyone having asked for it. */
  #handleEnd(process: KernelProcess, end: KernelEnd): void {
    if (this.#process !== process) return;
    const policy = this.#restartPolicy;
    const reason = findDeathReason(end, { ...this.#options, process, policy });
    if (process.wasHeard) this.#tellEnd(end, reason);
    // A run that was never heard held nothing to lose: what waits for the kernel waits on.
    this.#leaveProcess({ keepHeld: !process.wasHeard });
    if (reason !== undefined) {
      this.#die(reason);
      return;
    }
    this.#startAgain(async () => {}).catch((error: unknown) =>
      logFailure(`Cannot start kernel ${this.id} again`, error),
    );
  }

  /** Into the cell that was running; `deathReason` where the kernel is not started again. */
  #tellEnd(end: KernelEnd, deathReason: string | undefined): void {
    const parent = this.#activity.runningParent;
    const text = deathReason === undefined ? this.#options.notices().ended(end) : deathReason;
    if (parent !== undefined) {
      this.#broadcast(this.#voice.createNotice(`\n${text.trim()}\n`, parent));
    }
    if (deathReason !== undefined) return;
    this.#transition = 'autorestarting';
    this.#clients.broadcast(this.#voice.createEnd(end, text));
    // The word on the wire for a restart that nobody asked for: Lab clears what waits.
    this.#broadcast(this.#voice.createStatus('restarting', parent));
  }

  /**
   * Lab asks for the model, and shows its reason, when its WebSocket is closed and a new one
   * refused; a `dead` status would only grey the notebook out.
   */
  #die(reason: string): void {
    this.#deathReason = reason;
    this.#transition = undefined;
    this.#activity.reset();
    this.#options.onWork();
    this.#firstLife.fail(reason);
    this.#clients.close(closeCodes.kernelDead, 'The kernel is dead');
    this.#options.observer?.onAlone(this.id);
  }

  #forward(client: KernelClient, message: ChannelMessage): void {
    // Nothing is said to a kernel on iopub.
    if (message.channel === 'iopub') return;
    this.#lastActivityAt = new Date();
    const info = this.#process?.kernelInfo;
    const running = this.#activity.runningParent;
    if (answerKernelInfo(client, message, { voice: this.#voice, info, running })) return;
    if (message.channel === 'shell') {
      const request = new KernelMessage('shell', message.frames);
      this.#options.observer?.onRequest(this.id, client.sessionId, request);
    }
    client.forward(message);
  }

  /** The idle of the cell whose output was lost may have been lost with it. */
  #endLostOutput(): void {
    const parent = this.#lostParent;
    this.#lostParent = undefined;
    if (parent === undefined) return;
    const text = this.#options.notices().outputLost(maximumKernelMessageBytes);
    this.#broadcast(this.#voice.createNotice(text, parent));
    this.#broadcast(this.#voice.createStatus('idle', parent));
  }

  #publish(frames: MessageFrames): void {
    const message = new KernelMessage('iopub', frames);
    this.#voice.follow(message);
    this.#lastActivityAt = new Date();
    if (message.header.messageType === 'status') this.#observeStatus(frames);
    const { verdict, limits } = this.#cellOutput.judge(message);
    if (verdict === 'pass') this.#broadcast(message);
    if (verdict !== 'drop-and-tell') return;
    const text = this.#options.notices().outputLimited(limits);
    this.#broadcast(this.#voice.createNotice(text, frames.parentHeader));
  }

  #broadcast(message: KernelMessage): void {
    this.#options.observer?.onPublished(this.id, message);
    this.#clients.broadcast(message);
  }

  #observeStatus(frames: MessageFrames): void {
    const before = this.#activity.runningParent;
    const wasBusy = this.isBusy;
    this.#activity.observe(frames);
    if (this.isBusy !== wasBusy) this.#options.onWork();
    if (this.isBusy && this.#activity.runningParent !== before) this.#cellOutput.beginCell();
  }
}
