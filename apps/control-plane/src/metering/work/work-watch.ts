import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { MeteringAudit } from '../../audit/metering-audit.ts';
import type { Clock } from '../../clock.ts';
import type { GpuMeter } from '../../compute/gpus/measure-gpus.ts';
import type { IdleWatch } from '../../compute/idle-watch.ts';
import type { AppEnding } from '../../studios/app-ending.ts';
import type { RunningApp } from '../../studios/running-app.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { Meter } from '../meter.ts';
import { endedIdle, endedLifetime, serverEndedIdle, serverEndedLifetime } from './idle-endings.ts';
import { noRules, WatchedApp } from './watched-app.ts';
import { type WorkSample, workSign } from './work-signs.ts';

export interface WorkWatchOptions {
  readonly domain: () => Pick<Domain, 'instanceTypes' | 'compute'>;
  readonly runningApps: () => readonly RunningApp[];
  readonly endApp: (profileName: ProfileName, appId: AppId, ending: AppEnding) => Promise<void>;
  readonly gpuMeter: Pick<GpuMeter, 'measure'>;
  readonly meter: Pick<Meter, 'addIdle'>;
  readonly audit: Pick<MeteringAudit, 'appEndedIdle' | 'appEndedLifetime'>;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** As `RunningApp.lastBusyAt` counts. */
  readonly now?: () => number;
}

const lookMilliseconds = 2_000;

/**
 * Ends what does no work, and what has lived as long as it may.
 *
 * INVARIANT: nothing is ended for want of work but after a look at that very moment that shows none.
 */
export class WorkWatch implements IdleWatch {
  readonly #options: WorkWatchOptions;
  readonly #now: () => number;
  readonly #watched = new Map<AppId, WatchedApp>();

  constructor(options: WorkWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  endsAt(appId: AppId): Date | undefined {
    const app = this.#watched.get(appId);
    const end = app?.idleEndsAt();
    if (app === undefined || end === undefined) return undefined;
    const notice = app.noticeMilliseconds(this.#options.domain().compute.idleNoticeMinutes);
    return end - this.#now() <= notice ? this.#toDate(end) : undefined;
  }

  lifetimeEndsAt(appId: AppId): Date | undefined {
    const end = this.#watched.get(appId)?.lifetimeEndsAt();
    return end === undefined ? undefined : this.#toDate(end);
  }

  keepRunning(appId: AppId): void {
    const app = this.#watched.get(appId);
    if (app !== undefined) app.lastWorkAt = this.#now();
  }

  start(): { close(): void } {
    const looking = setInterval(() => void this.look(), lookMilliseconds);
    return { close: () => clearInterval(looking) };
  }

  /** Never rejects. Whatever is due is looked at; what has no more time is ended. */
  async look(): Promise<void> {
    const running = this.#options.runningApps();
    const types = new Map(
      this.#options.domain().instanceTypes.map((type) => [type.instanceType, type] as const),
    );
    const withKernels = new Set<ProfileName>();
    for (const { kernelId, profileName } of running) {
      if (kernelId !== null) withKernels.add(profileName);
    }
    const now = this.#now();
    const due: Promise<void>[] = [];
    for (const each of running) {
      if (each.stage !== 'running') continue;
      const app = this.#watch(each.appId);
      app.seenAt = now;
      app.rules = types.get(each.instanceType) ?? noRules;
      app.hear(each);
      // Whatever ends a studio's server ends its kernels: it works as long as it has one.
      if (each.kernelId === null && withKernels.has(each.profileName)) app.lastWorkAt = now;
      if (app.isLifeOver(now) && !app.isEnding) due.push(this.#endOfLife(each, app));
      else if (app.isLookDue(now)) due.push(this.#judge(each, app));
    }
    for (const [appId, { seenAt }] of this.#watched)
      if (seenAt !== now) this.#watched.delete(appId);
    await Promise.all(due);
  }

  #watch(appId: AppId): WatchedApp {
    const known = this.#watched.get(appId);
    if (known !== undefined) return known;
    const app = new WatchedApp(this.#now());
    this.#watched.set(appId, app);
    return app;
  }

  async #judge(running: RunningApp, app: WatchedApp): Promise<void> {
    const { meter, log } = this.#options;
    app.isLooking = true;
    try {
      const sample = await this.#sample(running);
      const { before } = app;
      const since = sample.at - app.lookedAt;
      const heardSince = app.lastWorkAt > app.lookedAt;
      const sign = workSign(running.appType, before, sample);
      app.before = sample;
      app.lookedAt = sample.at;
      const worked = sign !== undefined || app.wasWorking;
      app.wasWorking = sign !== undefined && before !== undefined;
      // What worked at the look before may have gone on until just now.
      if (worked) app.lastWorkAt = Math.max(app.lastWorkAt, sample.at);
      else if (!heardSince) meter.addIdle(running.appId, since);
      if (sign === undefined && this.#isStillIdle(running, app)) await this.#endIdle(running, app);
    } catch (error) {
      log.error({ appId: running.appId, err: error }, 'Cannot judge whether an app works');
    } finally {
      app.isLooking = false;
    }
  }

  /** A cell may have begun while it was looked at. */
  #isStillIdle({ appId }: RunningApp, app: WatchedApp): boolean {
    if (!app.isIdleOver(this.#now())) return false;
    const running = this.#options.runningApps().find((each) => each.appId === appId);
    if (running?.stage !== 'running') return false;
    app.hear(running);
    return app.isIdleOver(this.#now());
  }

  async #sample({ sandbox, gpus }: RunningApp): Promise<WorkSample> {
    const [usage, processes, gpuUses] = await Promise.all([
      sandbox?.usage().catch(() => undefined),
      sandbox?.processes?.().catch(() => undefined),
      gpus.length === 0 ? undefined : this.#options.gpuMeter.measure(),
    ]);
    const percents = gpus.flatMap(({ index }) => gpuUses?.get(index)?.utilizationPercent ?? []);
    return {
      ...{ at: this.#now(), cpuSeconds: usage?.cpuSeconds, processes },
      gpuPercent: percents.length === 0 ? undefined : Math.max(...percents),
    };
  }

  async #endIdle({ profileName, appId, appType, instanceType }: RunningApp, app: WatchedApp) {
    const { audit, log } = this.#options;
    const { idleMinutes = 0 } = app.rules;
    const ending =
      appType === 'JupyterServer' ? serverEndedIdle(idleMinutes) : endedIdle(idleMinutes);
    await this.#end({ profileName, appId, ending }, app, () =>
      audit.appEndedIdle({ profileName, appId, instanceType }, idleMinutes),
    );
    log.info({ profileName, appId, idleMinutes }, 'An app was ended: it did nothing');
  }

  async #endOfLife({ profileName, appId, appType, instanceType }: RunningApp, app: WatchedApp) {
    const { audit, log } = this.#options;
    const { maximumHours = 0 } = app.rules;
    const ending =
      appType === 'JupyterServer' ? serverEndedLifetime(maximumHours) : endedLifetime(maximumHours);
    try {
      await this.#end({ profileName, appId, ending }, app, () =>
        audit.appEndedLifetime({ profileName, appId, instanceType }, maximumHours),
      );
      log.info({ profileName, appId, maximumHours }, 'An app was ended: its time was over');
    } catch (error) {
      log.error({ profileName, appId, err: error }, 'Cannot end an app whose time is over');
    }
  }

  /** Where it cannot be recorded nothing is ended; the next look tries again. */
  async #end(
    ended: { profileName: ProfileName; appId: AppId; ending: AppEnding },
    app: WatchedApp,
    record: () => Promise<void>,
  ): Promise<void> {
    app.isEnding = true;
    try {
      await record();
      await this.#options.endApp(ended.profileName, ended.appId, ended.ending);
    } finally {
      app.isEnding = false;
    }
  }

  /** Of a moment of the clock that only goes on. */
  #toDate(moment: number): Date {
    return new Date(this.#options.clock().getTime() + Math.max(0, moment - this.#now()));
  }
}
