import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { AppMeter } from '../../metering/app-meter.ts';
import type { MeteredApp, MeteredUse } from '../../metering/metered-app.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { SageMakerApp } from './app-directory.ts';
import type { DomainSnapshot } from './domain-snapshot.ts';
import { awsCodeOf } from './explain-aws-error.ts';
import type { LedgerRecord, LedgerStore } from './ledger-store.ts';

export interface AppLedgerOptions {
  readonly store: LedgerStore;
  readonly snapshot: Pick<DomainSnapshot, 'take' | 'endOf'>;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly priceOf: (instanceType: string) => number | null;
  readonly teamOf: (profileName: ProfileName) => Promise<string>;
}

const lookMilliseconds = 30_000;

/**
 * What SageMaker's apps cost, by the times that SageMaker gives and the price table: from CreationTime, which
 * comes before AWS begins to charge, to the last health check or the last look that still saw the app. An
 * estimate, and no bill: storage and data transfer are not in it.
 */
export class AppLedger implements AppMeter {
  readonly #options: AppLedgerOptions;
  readonly #running: Map<AppId, LedgerRecord>;
  readonly #endedIds: Set<AppId>;
  readonly #listeners: ((use: MeteredUse) => void)[] = [];
  #lookedAt: Date | undefined;

  private constructor(
    options: AppLedgerOptions,
    known: { running: LedgerRecord[]; endedIds: Set<AppId>; lookedAt: Date | undefined },
  ) {
    this.#options = options;
    this.#running = new Map(known.running.map((record) => [record.appId, record]));
    this.#endedIds = known.endedIds;
    this.#lookedAt = known.lookedAt;
  }

  /** Takes up what an earlier control plane counted: the apps ran on without it. */
  static async open(options: AppLedgerOptions): Promise<AppLedger> {
    const { store, clock } = options;
    const now = clock().getTime();
    const lookedAt = await store.open(now);
    const [running, endedIds] = await Promise.all([store.running(), store.endedIds(now)]);
    return new AppLedger(options, { running, endedIds, lookedAt });
  }

  onEnded(listener: (use: MeteredUse) => void): void {
    this.#listeners.push(listener);
  }

  running(isWanted: (app: MeteredApp) => boolean = () => true): MeteredUse[] {
    const now = this.#options.clock().getTime();
    return [...this.#running.values()].filter(isWanted).map((record) => useOf(record, now, false));
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /** Since SageMaker was last looked at. */
  get beatAgeSeconds(): number {
    if (this.#lookedAt === undefined) return 0;
    return (this.#options.clock().getTime() - this.#lookedAt.getTime()) / 1000;
  }

  /** Looks until it is closed. */
  start(): { close(): Promise<void> } {
    let last: Promise<void> | undefined;
    const look = () => {
      last ??= this.lookInBackground().finally(() => {
        last = undefined;
      });
    };
    look();
    const looking = setInterval(look, lookMilliseconds);
    return {
      async close() {
        clearInterval(looking);
        await last;
      },
    };
  }

  /** Never rejects: the next look sees what this one missed. */
  async lookInBackground(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      const awsCode = awsCodeOf((error as Error).cause ?? error);
      this.#options.log.error({ err: error, awsCode }, 'Cannot look at what runs on SageMaker');
    }
  }

  async look(): Promise<void> {
    const { snapshot, store } = this.#options;
    const { apps, takenAt } = await snapshot.take();
    const listed = new Map(apps.map((app) => [app.appId, app]));
    for (const app of apps) {
      if (this.#running.has(app.appId) || this.#endedIds.has(app.appId)) continue;
      await this.#begin(app);
    }
    for (const record of [...this.#running.values()]) {
      const app = listed.get(record.appId);
      if (app !== undefined && !hasEnded(app)) continue;
      await this.#end(record, app, takenAt);
    }
    this.#lookedAt = takenAt;
    await store.beat(takenAt.getTime());
  }

  async #begin({ appId, appType, profileName, instanceType, startedAt }: SageMakerApp) {
    const { store, priceOf, teamOf } = this.#options;
    const app: MeteredApp = {
      ...{ appId, appType, profileName, instanceType, imageName: appType },
      ...{ startedAt: startedAt.getTime(), team: await teamOf(profileName) },
      pricePerHour: appType === 'JupyterServer' ? null : priceOf(instanceType),
    };
    this.#running.set(appId, { ...app, recordId: await store.start(app) });
  }

  /** An app that nobody saw end ended at its last health check, or at the last look that saw it. */
  async #end(record: LedgerRecord, app: SageMakerApp | undefined, takenAt: Date): Promise<void> {
    const { snapshot, store } = this.#options;
    const checkedAt = app === undefined ? undefined : (await snapshot.endOf(app)).lastSeenAt;
    const wanted = (checkedAt ?? this.#lookedAt ?? takenAt).getTime();
    const endedAt = Math.min(takenAt.getTime(), Math.max(record.startedAt, wanted));
    await store.end(record, endedAt);
    this.#running.delete(record.appId);
    this.#endedIds.add(record.appId);
    const use = useOf(record, endedAt, true);
    for (const listener of this.#listeners) listener(use);
  }
}

function hasEnded({ status }: SageMakerApp): boolean {
  return status === 'Deleted' || status === 'Failed';
}

function useOf({ recordId: _, ...app }: LedgerRecord, now: number, ended: boolean): MeteredUse {
  const milliseconds = Math.max(0, now - app.startedAt);
  return { ...app, milliseconds, idleMilliseconds: 0, hasEnded: ended };
}
