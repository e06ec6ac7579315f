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
import { LookSchedule, lookMilliseconds } from './look-schedule.ts';
import { noRules, WatchedApp, type WatchedName } from './watched-app.ts';
import { type WorkSample, workSign } from './work-signs.ts';

type LookedDomain = Pick<Domain, 'instanceTypes' | 'compute'>;

export interface WorkWatchOptions {
  /** The same object until it changes. */
  readonly domain: () => LookedDomain;
  readonly runningApps: (profileName: ProfileName) => readonly RunningApp[];
  readonly endApp: (profileName: ProfileName, appId: AppId, ending: AppEnding) => Promise<void>;
  readonly gpuMeter: Pick<GpuMeter, 'measure'>;
  readonly meter: Pick<Meter, 'addIdle'>;
  readonly audit: Pick<MeteringAudit, 'appEndedIdle' | 'appEndedLifetime'>;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** As `RunningApp.lastBusyAt` counts. */
  readonly now?: () => number;
}

/**
 * Ends what does no work, and what has lived as long as it may.
 *
 * INVARIANT: nothing is ended for want of work but after a look at that very moment that shows none.
 */
export class WorkWatch implements IdleWatch {
  readonly #options: WorkWatchOptions;
  readonly #now: () => number;
  readonly #watched = new Map<AppId, WatchedApp>();
  readonly #schedule = new LookSchedule();
  #domain: LookedDomain | undefined;

  constructor(options: WorkWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** It is looked at from now on, first at the next look: later ones have something to compare with. */
  started(name: WatchedName): void {
    const app = new WatchedApp(name, this.#now());
    this.#watched.set(name.appId, app);
    this.#schedule.add(app, this.#now());
  }

  ended({ appId, profileName, appType }: WatchedName): void {
    this.#watched.delete(appId);
    if (appType === 'JupyterServer') return;
    // Until now the studio's server had a kernel.
    for (const app of this.#watched.values()) {
      const { name } = app;
      if (name.profileName === profileName && name.appType === 'JupyterServer')
        app.lastWorkAt = this.#now();
    }
  }

  endsAt(running: Pick<RunningApp, 'appId' | 'lastBusyAt'>): Date | undefined {
    const app = this.#watched.get(running.appId);
    app?.hear(running);
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

  /** Never rejects. What is due is looked at; what has no more time is ended. */
  async look(): Promise<void> {
    const domain = this.#options.domain();
    // Under new rules everything may be due.
    const due =
      domain === this.#domain ? this.#schedule.takeDue(this.#now()) : this.#schedule.takeAll();
    this.#domain = domain;
    const rules = new Map(domain.instanceTypes.map((type) => [type.instanceType, type] as const));
    const looks: Promise<void>[] = [];
    for (const [profileName, apps] of byPerson(due)) {
      const running = this.#options.runningApps(profileName);
      const hasKernel = running.some(({ kernelId }) => kernelId !== null);
      for (const app of apps) {
        if (this.#watched.get(app.name.appId) !== app) continue;
        const found = running.find(({ appId }) => appId === app.name.appId);
        if (found?.stage !== 'running') {
          // It begins or ends at this moment.
          this.#schedule.add(app, this.#now() + lookMilliseconds);
          continue;
        }
        app.rules = rules.get(found.instanceType) ?? noRules;
        app.hear(found);
        // Whatever ends a studio's server ends its kernels: it works as long as it has one.
        if (found.kernelId === null && hasKernel) app.lastWorkAt = this.#now();
        looks.push(this.#lookAt(found, app));
      }
    }
    await Promise.all(looks);
  }

  async #lookAt(running: RunningApp, app: WatchedApp): Promise<void> {
    const now = this.#now();
    if (app.isLifeOver(now)) await this.#endOfLife(running, app);
    else if (app.nextLookAt() <= now) await this.#judge(running, app);
    // What could not be ended is tried again.
    if (this.#watched.has(running.appId))
      this.#schedule.add(app, Math.max(app.nextLookAt(), this.#now()));
  }

  async #judge(running: RunningApp, app: WatchedApp): Promise<void> {
    const { meter, log } = this.#options;
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
    }
  }

  /** A cell may have begun while it was looked at. */
  #isStillIdle({ appId, profileName }: RunningApp, app: WatchedApp): boolean {
    if (!app.isIdleOver(this.#now())) return false;
    const running = this.#options.runningApps(profileName).find((each) => each.appId === appId);
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
    await this.#end({ profileName, appId, ending }, () =>
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
      await this.#end({ profileName, appId, ending }, () =>
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
    record: () => Promise<void>,
  ): Promise<void> {
    await record();
    await this.#options.endApp(ended.profileName, ended.appId, ended.ending);
  }

  /** Of a moment of the clock that only goes on. */
  #toDate(moment: number): Date {
    return new Date(this.#options.clock().getTime() + Math.max(0, moment - this.#now()));
  }
}

function byPerson(apps: readonly WatchedApp[]): ReadonlyMap<ProfileName, readonly WatchedApp[]> {
  const people = new Map<ProfileName, WatchedApp[]>();
  for (const app of apps) {
    const { profileName } = app.name;
    people.set(profileName, [...(people.get(profileName) ?? []), app]);
  }
  return people;
}
