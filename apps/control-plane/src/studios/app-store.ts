import type { App, AppId, AppStatus, AppType, ProfileName } from '@strongroom/contracts';
import { type Selectable, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';
import type { AppObserver } from './app-observer.ts';
import { platformEndOf, platformEnds } from './platform-ends.ts';

export interface NewApp {
  readonly appId: AppId;
  readonly appType: AppType;
  readonly appName: string;
  readonly profileName: ProfileName;
  readonly imageName: string;
  readonly instanceType: string;
}

/** As long as SageMaker's ListApps shows what was deleted. */
const endedShownMilliseconds = 24 * 60 * 60 * 1000;
const maximumListedApps = 500;

/** Every app that ran or runs: one row each, with SageMaker's statuses. */
export class AppStore {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #observer: AppObserver | undefined;
  #isClosing = false;

  constructor(options: {
    readonly state: State;
    readonly clock: Clock;
    readonly observer?: AppObserver | undefined;
  }) {
    this.#state = options.state;
    this.#clock = options.clock;
    this.#observer = options.observer;
  }

  async add(app: NewApp): Promise<void> {
    await this.#state
      .insertInto('apps')
      .values({
        app_id: app.appId,
        app_type: app.appType,
        app_name: app.appName,
        profile_name: app.profileName,
        status: 'Pending',
        image_name: app.imageName,
        instance_type: app.instanceType,
        started_at: this.#clock().getTime(),
        ended_at: null,
        end_reason: null,
      })
      .execute();
    await this.#observer?.added(app);
  }

  /** Does nothing to an app that has ended. */
  async setStatus(appId: AppId, status: Extract<AppStatus, 'InService' | 'Deleting'>) {
    await this.#state
      .updateTable('apps')
      .set({ status })
      .where('app_id', '=', appId)
      .where('ended_at', 'is', null)
      .execute();
    if (status === 'InService') await this.#observer?.started(appId);
  }

  /**
   * What ends from now on ends with the platform, whatever it looks like: whoever stops a service often sends
   * the signal to all of its processes, and an app may hear it first.
   */
  beginClosing(): void {
    this.#isClosing = true;
  }

  /** The first end counts. */
  async end(appId: AppId, status: Extract<AppStatus, 'Deleted' | 'Failed'>, reason: string) {
    const end = this.#isClosing
      ? ({ status: 'Deleted', end_reason: platformEnds.restart } as const)
      : { status, end_reason: reason };
    await this.#observer?.ended(appId);
    await this.#state
      .updateTable('apps')
      .set({ ...end, ended_at: this.#clock().getTime() })
      .where('app_id', '=', appId)
      .where('ended_at', 'is', null)
      .execute();
  }

  /**
   * For a start: what an earlier control plane left running cannot run any more. It ended when that one
   * was last seen alive, but never before it had begun.
   */
  async endAll(lastAliveAt: Date | undefined): Promise<void> {
    const endedAt = (lastAliveAt ?? this.#clock()).getTime();
    await this.#state
      .updateTable('apps')
      .set({
        ...{ status: 'Failed', end_reason: platformEnds.crash },
        ended_at: sql<number>`max(started_at, ${endedAt})`,
      })
      .where('ended_at', 'is', null)
      .execute();
  }

  async list(profileName?: ProfileName): Promise<App[]> {
    const shownAfter = this.#clock().getTime() - endedShownMilliseconds;
    let query = this.#state
      .selectFrom('apps')
      .selectAll()
      .where((where) =>
        where.or([where('ended_at', 'is', null), where('ended_at', '>', shownAfter)]),
      )
      .orderBy('started_at', 'desc')
      .limit(maximumListedApps);
    if (profileName !== undefined) query = query.where('profile_name', '=', profileName);
    return (await query.execute()).map(toApp);
  }
}

function toApp(row: Selectable<Schema['apps']>): App {
  const endedWithPlatform = platformEndOf(row.end_reason);
  return {
    appId: row.app_id as AppId,
    appType: row.app_type,
    appName: row.app_name,
    profileName: row.profile_name as ProfileName,
    status: row.status,
    imageName: row.image_name,
    instanceType: row.instance_type,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    endReason: row.end_reason,
    ...(endedWithPlatform && { endedWithPlatform }),
    memoryBytes: null,
  };
}
