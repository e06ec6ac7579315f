import { type ISignal, Signal } from '@lumino/signaling';
import type { AppUsage } from '@strongroom/contracts';
import type { ComputeApi } from '../api/compute-api.ts';
import type { Choice } from './choice.ts';
import { comingEnd } from './coming-end.ts';
import type { KernelEnd } from './kernel-end.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { NotebookKernel } from './notebook-kernel.ts';
import type { Notice } from './notice.ts';
import type { Offers } from './offers.ts';
import { type PickerState, pickerState } from './picker-state.ts';
import type { RunningApps } from './running-apps.ts';
import { startProblem } from './start-problem.ts';

export interface NotebookComputeOptions {
  readonly kernel: NotebookKernel;
  readonly api: Pick<ComputeApi, 'stop' | 'keepRunning'>;
  readonly offers: Offers;
  readonly apps: RunningApps;
}

/** One open notebook: what it runs on, what that uses, and what there is to tell about it. */
export class NotebookCompute {
  readonly offers: Offers;
  readonly apps: RunningApps;
  readonly #kernel: NotebookKernel;
  readonly #api: Pick<ComputeApi, 'stop' | 'keepRunning'>;
  readonly #changed = new Signal<this, void>(this);
  readonly #memory = new MemoryWatch();
  readonly #leave: () => void;
  #changingTo: Choice | undefined;
  /** The person has called the change off. */
  #isCalledOff = false;
  /** What happened and is not over: the newest last. */
  #told: readonly Notice[] = [];
  /** The app whose newer image the person does not want to hear of again. */
  #quietAppId: string | undefined;
  #kernelId: string | undefined;
  /** The person was asked for a kernel and chose none. */
  #isLeftWithout = false;

  constructor({ kernel, api, offers, apps }: NotebookComputeOptions) {
    this.#kernel = kernel;
    this.#api = api;
    this.offers = offers;
    this.apps = apps;
    this.#leave = apps.watch();
    kernel.changed.connect(this.#follow, this);
    apps.changed.connect(this.#observe, this);
    offers.changed.connect(this.#emit, this);
    void offers.ready();
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  dispose(): void {
    this.#leave();
    Signal.clearData(this);
  }

  get hasKernel(): boolean {
    return this.#kernel.kernelId !== undefined;
  }

  get isChanging(): boolean {
    return this.#changingTo !== undefined;
  }

  /** Of its kernel; undefined where it has none, or while another is started. */
  get app(): AppUsage | undefined {
    return this.isChanging ? undefined : this.apps.ofKernel(this.#kernel.kernelId);
  }

  /** What it runs on, or is about to; what nobody has chosen yet is missing. */
  get choice(): Partial<Choice> {
    if (this.#changingTo !== undefined) return this.#changingTo;
    const { kernelName, instanceType } = this.#kernel;
    const type = this.app?.instanceType ?? instanceType ?? this.offers.defaultType?.instanceType;
    return {
      ...(kernelName === undefined ? {} : { kernelName }),
      ...(type === undefined ? {} : { instanceType: type }),
    };
  }

  get state(): PickerState {
    // Lab goes on calling it initializing.
    if (this.#isLeftWithout && !this.hasKernel && !this.isChanging) return { kind: 'none' };
    // A socket that is cut is silent for minutes: Lab calls the kernel idle meanwhile.
    if (!this.apps.isReached && this.hasKernel) return { kind: 'disconnected' };
    return pickerState({
      ...{ status: this.#kernel.status, hasKernel: this.hasKernel, isChanging: this.isChanging },
      app: this.app ?? this.#starting(),
    });
  }

  get notices(): readonly Notice[] {
    return [...this.#told, ...this.#foreseen()];
  }

  /** Where it fails the kernel before goes on, and a notice says why. */
  async change(choice: Choice): Promise<void> {
    if (this.isChanging) return;
    this.#changingTo = choice;
    this.#isCalledOff = false;
    this.#isLeftWithout = false;
    this.#told = [];
    this.apps.hurry(true);
    this.#changed.emit();
    try {
      await this.#kernel.change(choice);
      this.#kernel.writeInstanceType(choice.instanceType);
    } catch (error) {
      if (!this.#isCalledOff) this.#told = [{ kind: 'not-changed', error }];
    }
    this.#changingTo = undefined;
    this.#isCalledOff = false;
    this.apps.hurry();
    this.#changed.emit();
  }

  leaveWithoutKernel(): void {
    this.#isLeftWithout = true;
    this.#changed.emit();
  }

  restart(): Promise<void> {
    this.#isLeftWithout = false;
    this.#isCalledOff = false;
    return this.#try(() => this.#kernel.restart());
  }

  keepRunning(appId: string): Promise<void> {
    return this.#try(() => this.#api.keepRunning(appId));
  }

  /** Of a kernel that waits for its turn. */
  cancelStart(appId: string): Promise<void> {
    this.#isCalledOff = true;
    return this.#try(() => this.#api.stop(appId));
  }

  tellEnd({ isOutOfMemory, text }: KernelEnd): void {
    this.#tell({ kind: isOutOfMemory ? 'out-of-memory' : 'restarted', text });
  }

  /** It is dead, or could not be started: then what is offered may say more of it. */
  async tellDeath(text: string): Promise<void> {
    const isStart = !this.hasKernel;
    // The person knows: they left the line.
    if (isStart && this.#isCalledOff) return;
    if (isStart) await this.offers.refresh();
    const problem = isStart ? startProblem(this.offers, this.choice) : undefined;
    this.#tell(
      problem === undefined ? { kind: 'ended', text } : { kind: 'not-changed', error: problem },
    );
  }

  dismiss(notice: Notice): void {
    if (notice.kind === 'memory') this.#memory.dismiss();
    if (notice.kind === 'newer-image') this.#quietAppId = this.app?.appId;
    this.#told = this.#told.filter((each) => each !== notice);
    this.#changed.emit();
  }

  #tell(notice: Notice): void {
    const others = this.#told.filter(({ kind }) => kind === 'not-changed' && kind !== notice.kind);
    this.#told = [...others, notice];
    this.apps.hurry();
    this.#changed.emit();
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#told = this.#told.filter(({ kind }) => kind !== 'failed');
    } catch (error) {
      this.#told = [
        ...this.#told.filter(({ kind }) => kind !== 'failed'),
        { kind: 'failed', error },
      ];
    }
    await this.apps.refresh();
    this.#changed.emit();
  }

  #foreseen(): Notice[] {
    const { app } = this;
    if (app === undefined || app.stage !== 'running') return [];
    const notices: Notice[] = [];
    const { level } = this.#memory;
    if (level !== 'normal' && app.memoryBytes !== null) {
      const { memoryBytes: usedBytes, memoryLimitBytes: limitBytes } = app;
      notices.push({ kind: 'memory', level, usedBytes, limitBytes });
    }
    const end = comingEnd(app, this.apps.now);
    if (end !== undefined) notices.push({ kind: 'coming-end', end, appId: app.appId });
    if (app.hasNewerImage && app.appId !== this.#quietAppId) {
      notices.push({ kind: 'newer-image', imageName: app.imageName });
    }
    return notices;
  }

  #starting(): AppUsage | undefined {
    const { kernelName, instanceType } = this.choice;
    return this.apps.startingOn({
      imageName: this.offers.findKernel(kernelName ?? '')?.image.imageName,
      instanceType,
      knownKernelIds: this.#kernel.knownKernelIds,
    });
  }

  #follow(): void {
    const { kernelId } = this.#kernel;
    if (kernelId !== this.#kernelId) this.apps.hurry(this.isChanging);
    this.#kernelId = kernelId;
    if (kernelId !== undefined) {
      this.#isLeftWithout = false;
      if (!this.isChanging) this.#isCalledOff = false;
    }
    // What has ended runs again: that it had ended is no longer so.
    if (['idle', 'busy', 'starting', 'restarting'].includes(this.#kernel.status)) {
      this.#told = this.#told.filter(({ kind }) => kind !== 'ended');
    }
    this.#observe();
  }

  #observe(): void {
    const { app } = this;
    this.#memory.observe(app?.appId, app?.memoryBytes ?? null, app?.memoryLimitBytes ?? 0);
    this.#changed.emit();
  }

  #emit(): void {
    this.#changed.emit();
  }
}
