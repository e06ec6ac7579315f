import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { AppDirectory, SageMakerApp, SageMakerAppDetails } from './app-directory.ts';
import type { SageMakerSpace, SpaceDirectory } from './space-directory.ts';

export interface Snapshot {
  readonly takenAt: Date;
  readonly spaces: readonly SageMakerSpace[];
  readonly apps: readonly SageMakerApp[];
}

/** However many pages are open, SageMaker is asked once in this time: its lists have a rate of few a second. */
const keptMilliseconds = 3_000;

/** The domain's spaces and apps as SageMaker listed them a moment ago. */
export class DomainSnapshot {
  readonly #spaces: SpaceDirectory;
  readonly #apps: AppDirectory;
  readonly #clock: Clock;
  /** Also of spaces that are gone: their apps are listed for a day longer. */
  readonly #owners = new Map<string, ProfileName>();
  /** What is over stays as it is. */
  readonly #ended = new Map<AppId, Promise<SageMakerAppDetails>>();
  #taking: { readonly startedAt: number; readonly taken: Promise<Snapshot> } | undefined;

  constructor(options: {
    readonly spaces: SpaceDirectory;
    readonly apps: AppDirectory;
    readonly clock: Clock;
  }) {
    this.#spaces = options.spaces;
    this.#apps = options.apps;
    this.#clock = options.clock;
  }

  /** @throws {StrongroomError} what AWS refused; it is asked anew the next time */
  take(): Promise<Snapshot> {
    const now = this.#clock().getTime();
    const known = this.#taking;
    if (known !== undefined && Math.abs(now - known.startedAt) < keptMilliseconds)
      return known.taken;
    const taken = this.#read();
    this.#taking = { startedAt: now, taken };
    taken.catch(() => this.forget());
    return taken;
  }

  /** After a change: the next look sees it. */
  forget(): void {
    this.#taking = undefined;
  }

  /** Of an app that has ended; looked up once. */
  endOf(app: SageMakerApp): Promise<SageMakerAppDetails> {
    const known = this.#ended.get(app.appId);
    if (known !== undefined) return known;
    const looked = this.#apps.details(app);
    this.#ended.set(app.appId, looked);
    looked.catch(() => this.#ended.delete(app.appId));
    return looked;
  }

  async #read(): Promise<Snapshot> {
    const spaces = await this.#spaces.list();
    for (const { spaceName, profileName } of spaces) this.#owners.set(spaceName, profileName);
    const apps = await this.#apps.list((spaceName) => this.#owners.get(spaceName));
    const listed = new Set(apps.map(({ appId }) => appId));
    for (const appId of this.#ended.keys()) if (!listed.has(appId)) this.#ended.delete(appId);
    return { takenAt: this.#clock(), spaces, apps };
  }
}
