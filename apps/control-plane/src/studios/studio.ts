import { type AppId, type LaunchStage, StrongroomError } from '@strongroom/contracts';
import type { AppEnding } from './app-ending.ts';
import type { NotebookRun, NotebookRunRequest } from './notebook-run.ts';
import { StartBackoff } from './start-backoff.ts';
import type { StudioLog } from './studio-log.ts';
import type { StudioRun } from './studio-run.ts';
import type { StudioVisit } from './studios.ts';

/**
 * Who wants the studio: a sign-in, a launch, a page that is opened, a request of a page that is open
 * already, or a job. After a person stopped the studio a request alone does not start it.
 */
export type StartCause = 'signIn' | 'launch' | 'page' | 'request' | 'job';

interface StartEvents {
  /** Aborted where the studio is stopped before it runs. */
  readonly signal: AbortSignal;
  onStage(stage: LaunchStage): void;
  onActivity(): void;
}

/** Kernels that the agent has ready before anybody asks for them. */
export interface PreparedKernels {
  /** As the Jupyter server API calls it. */
  readonly kernelName: string;
  readonly count: number;
  /** Whether another is started in the place of one that was handed over. */
  readonly isKept: boolean;
}

export interface StudioOptions {
  readonly profileName: string;
  /** Starts a run for this person as they are now; refuses where they may not have one. */
  startRun(events: StartEvents): Promise<StudioRun>;
  readonly hibernateAfterMilliseconds: number;
  /** Started ahead of need whenever the studio starts for a person. */
  preparedKernels(): Promise<readonly PreparedKernels[]>;
  readonly log: StudioLog;
}

type State =
  | { readonly name: 'stopped' }
  | {
      readonly name: 'starting';
      /** Settles once it runs, or once nothing is left of the attempt. */
      readonly run: Promise<StudioRun>;
      /** The same for whoever waits for it, who is told of a stop at once. */
      readonly awaited: Promise<StudioRun>;
      readonly stages: Stages;
      readonly abort: (reason: string) => void;
    }
  | { readonly name: 'running'; readonly run: StudioRun }
  | { readonly name: 'stopping'; readonly done: Promise<void> };

interface Stages {
  readonly finished: LaunchStage[];
  readonly listeners: Set<(stage: LaunchStage) => void>;
}

/** setTimeout's own limit, 24.8 days. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** One profile's studio: at most one run at a time, started when wanted and hibernated when not. */
export class Studio {
  #state: State = { name: 'stopped' };
  #wasStoppedByPerson = false;
  #visitCount = 0;
  #hibernation: NodeJS.Timeout | undefined;
  readonly #preparedRuns = new WeakSet<StudioRun>();
  readonly #backoff = new StartBackoff();
  readonly #options: StudioOptions;

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  /** Whether there is anything to end. */
  get isActive(): boolean {
    return this.#state.name === 'running' || this.#state.name === 'starting';
  }

  get run(): StudioRun | undefined {
    return this.#state.name === 'running' ? this.#state.run : undefined;
  }

  /**
   * The running studio, started where it must be; everybody who asks meanwhile waits for one start.
   *
   * @throws {StrongroomError} `StudioStopped` and whatever `startRun` throws
   */
  async start(cause: StartCause, onStage?: (stage: LaunchStage) => void): Promise<StudioRun> {
    while (this.#state.name === 'stopping') await this.#state.done;
    if (this.#state.name === 'stopped') this.#begin(cause);
    const run = await this.#running(onStage);
    // A job starts a kernel of its own, and nobody is there for another.
    if (cause !== 'request' && cause !== 'job') this.#prepareKernels(run);
    return run;
  }

  /** Runs a notebook without a page. @throws {StrongroomError} `StudioStopped` and whatever `startRun` throws */
  async runNotebook(options: Omit<NotebookRunRequest, 'profileName'>): Promise<NotebookRun> {
    const { request, signal, onNotice } = options;
    const visit = await this.visit('job');
    const { run } = this;
    if (run === undefined || signal.aborted) {
      visit.leave();
      throw studioStopped('The studio was stopped');
    }
    const unfollow = run.followJob(request.jobId, onNotice);
    run.send({ event: 'runNotebook', request });
    return {
      cancel: () => run.send({ event: 'cancelNotebook', jobId: request.jobId }),
      lost: run.ending.then(() => (this.#wasStoppedByPerson ? 'stopped' : 'by-itself')),
      leave() {
        unfollow();
        visit.leave();
      },
    };
  }

  /** Waits for the studio and keeps it from hibernating until the visit is left. */
  async visit(cause: StartCause): Promise<StudioVisit> {
    this.#visitCount += 1;
    let isInside = true;
    const leave = () => {
      if (!isInside) return;
      isInside = false;
      this.#visitCount -= 1;
      this.#considerHibernation();
    };
    try {
      const { socketPath } = await this.start(cause);
      return { socketPath, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  async stop(reason: string, options: { byPerson: boolean }): Promise<void> {
    if (options.byPerson) this.#wasStoppedByPerson = true;
    if (this.#state.name === 'starting') {
      this.#state.abort(reason);
      await this.#state.run.catch(() => undefined);
    }
    if (this.#state.name === 'running') {
      const { run } = this.#state;
      this.#backoff.reset();
      this.#leaveRun(run, run.stop(reason));
    }
    if (this.#state.name === 'stopping') await this.#state.done;
  }

  /** False where the app is none of this studio's. */
  async endApp(appId: AppId, ending: AppEnding): Promise<boolean> {
    const { run } = this;
    if (run === undefined) return false;
    if (run.appId !== appId) return run.endKernelApp(appId, ending);
    await this.stop(ending.reason, { byPerson: true });
    return true;
  }

  #begin(cause: StartCause): void {
    if (cause === 'request') this.#refuseByItself();
    this.#wasStoppedByPerson = false;
    const stages: Stages = { finished: [], listeners: new Set() };
    const stopped = new AbortController();
    const { signal } = stopped;
    const starting = this.#options.startRun({
      signal,
      onStage(stage) {
        stages.finished.push(stage);
        for (const listener of stages.listeners) listener(stage);
      },
      onActivity: () => this.#considerHibernation(),
    });
    const run = starting.then(
      (started) => {
        this.#enterRun(started);
        return started;
      },
      (error: unknown) => {
        this.#state = { name: 'stopped' };
        if (!signal.aborted) this.#backoff.failed(error);
        throw error;
      },
    );
    const abort = (reason: string) => stopped.abort(studioStopped(reason));
    const awaited = Promise.race([run, rejectedBy(signal)]);
    awaited.catch(() => undefined);
    this.#state = { name: 'starting', run, awaited, stages, abort };
  }

  /** What an open page asks for by itself neither undoes a stop nor repeats a failure at once. */
  #refuseByItself(): void {
    if (this.#wasStoppedByPerson) {
      throw new StrongroomError('StudioStopped', 'The studio was stopped', {
        remedy: 'Launch it from the console',
      });
    }
    this.#backoff.refuseTooSoon();
  }

  async #running(onStage?: (stage: LaunchStage) => void): Promise<StudioRun> {
    const state = this.#state;
    if (state.name === 'running') return state.run;
    if (state.name !== 'starting')
      throw new Error(`Cannot wait for a studio that is ${state.name}`);
    if (onStage !== undefined) {
      for (const stage of state.stages.finished) onStage(stage);
      state.stages.listeners.add(onStage);
    }
    return state.awaited;
  }

  #enterRun(run: StudioRun): void {
    this.#state = { name: 'running', run };
    const enteredAt = Date.now();
    void run.ending.then(() => {
      if (this.#state.name !== 'running' || this.#state.run !== run) return;
      this.#backoff.endedByItself(Date.now() - enteredAt);
      this.#leaveRun(run, run.ended);
    });
    this.#considerHibernation();
  }

  #leaveRun(run: StudioRun, stopped: Promise<void>): void {
    clearTimeout(this.#hibernation);
    const done = stopped
      .catch((error: unknown) => {
        const { log, profileName } = this.#options;
        log.error({ profileName, appId: run.appId, err: error }, 'Cannot stop a studio cleanly');
      })
      .then(() => {
        this.#state = { name: 'stopped' };
      });
    this.#state = { name: 'stopping', done };
  }

  #prepareKernels(run: StudioRun): void {
    if (this.#preparedRuns.has(run)) return;
    this.#preparedRuns.add(run);
    this.#options.preparedKernels().then(
      (prepared) => {
        for (const { kernelName, count, isKept } of prepared) {
          run.send({ event: 'prepareKernel', kernelSpecName: kernelName, count, isKept });
        }
      },
      (error: unknown) => {
        const { log, profileName } = this.#options;
        log.warn({ profileName, err: error }, 'Cannot have kernels ready');
      },
    );
  }

  /** Every sign of life moves the time at which an unused studio goes to sleep. */
  #considerHibernation(): void {
    clearTimeout(this.#hibernation);
    if (!this.#isUnused()) return;
    const { hibernateAfterMilliseconds } = this.#options;
    this.#hibernation = setTimeout(
      () => {
        if (!this.#isUnused()) return;
        void this.stop('Hibernated: nobody was connected and nothing ran', { byPerson: false });
      },
      Math.min(hibernateAfterMilliseconds, longestTimerMilliseconds),
    ).unref();
  }

  #isUnused(): boolean {
    const activity = this.run?.activity;
    if (activity === undefined || this.#visitCount > 0) return false;
    return activity.kernelCount === 0 && activity.terminalCount === 0;
  }
}

function studioStopped(reason: string): StrongroomError {
  return new StrongroomError('StudioStopped', reason, { remedy: 'Launch it from the console' });
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
