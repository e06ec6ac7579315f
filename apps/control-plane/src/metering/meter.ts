import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { AppObserver } from '../studios/app-observer.ts';
import type { NewApp } from '../studios/app-store.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { MeterEnd, MeterStore } from './meter-store.ts';
import type { MeteredApp, MeteredUse } from './metered-app.ts';

export interface MeterOptions {
  readonly store: MeterStore;
  /** Says on which day something began. Nothing is measured with it. */
  readonly clock: Clock;
  /** Milliseconds that only ever go on, whatever happens to the clock. */
  readonly now?: () => number;
  readonly log: StudioLog;
  readonly priceOf: (instanceType: string) => number | null;
  readonly teamOf: (profileName: ProfileName) => Promise<string>;
}

interface RunningRecord extends MeteredApp {
  /** `undefined` until it is stored. */
  recordId: number | undefined;
  readonly startedElapsed: number;
  idleMilliseconds: number;
}

const beatMilliseconds = 1_000;
const beatsBetweenIdle = 60;

/**
 * What each app is charged for, from started to stopped.
 *
 * INVARIANT: time is measured with a clock that only goes on. Whatever is set back or put forward on this
 * machine makes no duration longer, shorter or negative; after a kill an app ended at the last heartbeat.
 */
export class Meter implements AppObserver {
  readonly lastAliveAt: Date | undefined;
  readonly #options: MeterOptions;
  readonly #now: () => number;
  readonly #startedNow: number;
  readonly #added = new Map<AppId, Omit<MeteredApp, 'startedAt' | 'pricePerHour'>>();
  readonly #running = new Map<AppId, RunningRecord>();
  readonly #startListeners: ((app: MeteredApp) => void)[] = [];
  readonly #endListeners: ((use: MeteredUse) => void)[] = [];
  #unsavedEnds: MeterEnd[] = [];
  #beatCount = 0;
  #lastBeatNow: number;

  private constructor(options: MeterOptions, lastAliveAt: Date | undefined) {
    this.#options = options;
    this.lastAliveAt = lastAliveAt;
    this.#now = options.now ?? (() => performance.now());
    this.#startedNow = this.#now();
    this.#lastBeatNow = this.#startedNow;
  }

  /** Ends what an earlier control plane left open. */
  static async open(options: MeterOptions): Promise<Meter> {
    return new Meter(options, await options.store.recover(options.clock().getTime()));
  }

  /** Called with each app that is counted from now on. */
  onStarted(listener: (app: MeteredApp) => void): void {
    this.#startListeners.push(listener);
  }

  /** Called with each app that has ended, before anything else happens. */
  onEnded(listener: (use: MeteredUse) => void): void {
    this.#endListeners.push(listener);
  }

  async added(app: NewApp): Promise<void> {
    const { appId, appType, profileName, imageName, instanceType } = app;
    const team = await this.#options.teamOf(profileName);
    this.#added.set(appId, { appId, appType, profileName, imageName, instanceType, team });
  }

  async started(appId: AppId): Promise<void> {
    const app = this.#added.get(appId);
    if (app === undefined) return;
    this.#added.delete(appId);
    const { store, clock, priceOf } = this.#options;
    const record: RunningRecord = {
      ...app,
      startedAt: clock().getTime(),
      pricePerHour: app.appType === 'JupyterServer' ? null : priceOf(app.instanceType),
      ...{ recordId: undefined, startedElapsed: this.#elapsed(), idleMilliseconds: 0 },
    };
    this.#running.set(appId, record);
    for (const listener of this.#startListeners) listener(record);
    record.recordId = await store.start(record, record.startedElapsed);
    // It may have ended while it was stored.
    if (!this.#running.has(appId)) await this.#save(record, this.#useOf(record));
  }

  async ended(appId: AppId): Promise<void> {
    this.#added.delete(appId);
    const record = this.#running.get(appId);
    if (record === undefined) return;
    const use = { ...this.#useOf(record), hasEnded: true };
    this.#running.delete(appId);
    for (const listener of this.#endListeners) listener(use);
    await this.#save(record, use);
  }

  /** What runs, as it stands at this moment: all of it, or what is wanted. */
  running(isWanted: (app: MeteredApp) => boolean = () => true): MeteredUse[] {
    const wanted: MeteredUse[] = [];
    for (const record of this.#running.values()) {
      if (isWanted(record)) wanted.push(this.#useOf(record));
    }
    return wanted;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /** Nothing of this app worked for so long. */
  addIdle(appId: AppId, milliseconds: number): void {
    const record = this.#running.get(appId);
    if (record !== undefined) record.idleMilliseconds += Math.max(0, milliseconds);
  }

  /** Seconds since the last heartbeat that was stored; while nothing runs there is none. */
  get beatAgeSeconds(): number {
    return this.#running.size === 0 ? 0 : (this.#now() - this.#lastBeatNow) / 1000;
  }

  /** Beats until it is closed. */
  start(): { close(): Promise<void> } {
    let last: Promise<void> | undefined;
    const beating = setInterval(() => {
      last ??= this.beat().finally(() => {
        last = undefined;
      });
    }, beatMilliseconds);
    return {
      async close() {
        clearInterval(beating);
        await last;
      },
    };
  }

  /** Never rejects: a full disk is told in the log, and the next second tries again. */
  async beat(): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      await this.#saveEnds();
      if (this.#running.size === 0) return;
      await store.beat(this.#elapsed(), clock().getTime());
      this.#lastBeatNow = this.#now();
      this.#beatCount += 1;
      if (this.#beatCount % beatsBetweenIdle === 0) await this.#saveIdle();
    } catch (error) {
      log.error({ err: error }, 'Cannot write the meter');
    }
  }

  async #saveIdle(): Promise<void> {
    const idle = new Map<number, number>();
    for (const { recordId, idleMilliseconds } of this.#running.values()) {
      if (recordId !== undefined && idleMilliseconds > 0) {
        idle.set(recordId, Math.round(idleMilliseconds));
      }
    }
    if (idle.size > 0) await this.#options.store.saveIdle(idle);
  }

  async #save({ recordId }: RunningRecord, use: MeteredUse): Promise<void> {
    if (recordId === undefined) return;
    const { startedAt, milliseconds, idleMilliseconds } = use;
    this.#unsavedEnds.push({
      ...{ recordId, startedAt, milliseconds },
      idleMilliseconds: Math.round(idleMilliseconds),
    });
    await this.#saveEnds().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'Cannot write the meter');
    });
  }

  /** What cannot be stored now is stored with a later heartbeat. */
  async #saveEnds(): Promise<void> {
    const ends = this.#unsavedEnds;
    this.#unsavedEnds = [];
    for (const [index, end] of ends.entries()) {
      try {
        await this.#options.store.end(end);
      } catch (error) {
        this.#unsavedEnds.push(...ends.slice(index));
        throw error;
      }
    }
  }

  #useOf({ recordId: _, startedElapsed, idleMilliseconds, ...app }: RunningRecord): MeteredUse {
    const milliseconds = this.#elapsed() - startedElapsed;
    const idle = Math.min(milliseconds, idleMilliseconds);
    return { ...app, milliseconds, idleMilliseconds: idle, hasEnded: false };
  }

  /** Whole milliseconds since this control plane began to count. */
  #elapsed(): number {
    return Math.max(0, Math.floor(this.#now() - this.#startedNow));
  }
}
