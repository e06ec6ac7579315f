import {
  type AppId,
  type AppUsage,
  type DomainAppUsage,
  type DomainInstanceTypes,
  type ProfileName,
  StrongroomError,
  type StudioCompute,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { Person } from '../identity/person.ts';
import type { ImageIcon } from '../images/image-icon.ts';
import type { AppReference } from '../policies/access-request.ts';
import { stoppedInStudio } from '../studios/app-ending.ts';
import type { RunningApp } from '../studios/running-app.ts';
import type { Studios } from '../studios/studios.ts';
import { describeInstanceType } from './describe-instance-type.ts';
import type { Gpus } from './gpus/gpus.ts';
import type { HostLimits } from './host-limits.ts';
import type { IdleWatch } from './idle-watch.ts';
import type { OfferedImages } from './offered-images.ts';
import type { PriceBook } from './prices/price-book.ts';
import { UsageMeter } from './usage-meter.ts';

export interface ComputeOptions {
  readonly domain: () => Pick<Domain, 'defaults' | 'instanceTypes'>;
  readonly studios: Pick<Studios, 'runningApps' | 'allowedTypes' | 'endApp'>;
  readonly gpus: Gpus;
  readonly images: OfferedImages;
  readonly prices: PriceBook;
  readonly host: HostLimits;
  readonly idleWatch: IdleWatch;
}

/** What people may choose from, what runs and what it uses. Shows and ends; who may ask is decided before. */
export class Compute {
  readonly #options: ComputeOptions;
  readonly #usageMeter = new UsageMeter();

  constructor(options: ComputeOptions) {
    this.#options = options;
  }

  /** What this person may choose from; what policy keeps from them is not in it. */
  async offersFor(owner: Person): Promise<StudioCompute> {
    const { studios, images, prices } = this.#options;
    const [offered, types] = await Promise.all([
      images.imagesFor(owner),
      studios.allowedTypes(owner.profileName),
    ]);
    const instanceTypes = types.map((size) => describeInstanceType(size, this.#context()));
    return { images: [...offered], instanceTypes, prices: prices.prices };
  }

  /** @throws {StrongroomError} `ImageNotFound` */
  imageIconFor(owner: Person, imageName: string): Promise<ImageIcon> {
    return this.#options.images.iconFor(owner, imageName);
  }

  async appsOf(profileName: ProfileName): Promise<AppUsage[]> {
    const measured = await this.#measure(this.#options.studios.runningApps(profileName));
    return measured.map(({ profileName: _, ...usage }) => usage);
  }

  /** `isSeen`: whose apps the asker may see. */
  async allApps(isSeen: (app: RunningApp) => boolean): Promise<DomainAppUsage[]> {
    return this.#measure(this.#options.studios.runningApps().filter(isSeen));
  }

  /** `mayChoose`: which types are shown; `isSeen`: whose apps the asker may see. */
  instanceTypes(asked: {
    mayChoose(instanceType: string): boolean;
    isSeen(app: RunningApp): boolean;
  }): DomainInstanceTypes {
    const { domain, gpus, prices, studios } = this.#options;
    const seen = new Set(
      studios
        .runningApps()
        .filter(asked.isSeen)
        .map(({ appId }) => appId),
    );
    return {
      instanceTypes: domain()
        .instanceTypes.filter(({ instanceType }) => asked.mayChoose(instanceType))
        .map((size) => describeInstanceType(size, this.#context())),
      prices: prices.prices,
      gpus: gpus.pool.all.map((gpu) => {
        const holder = gpus.pool.holderOf(gpu);
        return {
          ...{ index: gpu.index, name: gpu.name, memoryBytes: gpu.memoryTotalBytes ?? null },
          heldBy: holder !== undefined && seen.has(holder.appId) ? { ...holder } : null,
        };
      }),
    };
  }

  /** What policies know of a running app of this studio; `undefined` where there is none of that id. */
  find(profileName: ProfileName, appId: AppId): AppReference | undefined {
    return this.#running(profileName, appId);
  }

  /** @throws {StrongroomError} `AppNotFound` */
  async stop(profileName: ProfileName, appId: AppId): Promise<void> {
    if (this.#running(profileName, appId) === undefined) throw appNotFound();
    await this.#options.studios.endApp(profileName, appId, stoppedInStudio);
  }

  /** @throws {StrongroomError} `AppNotFound` */
  keepRunning(profileName: ProfileName, appId: AppId): void {
    if (this.#running(profileName, appId) === undefined) throw appNotFound();
    this.#options.idleWatch.keepRunning(appId);
  }

  #running(profileName: ProfileName, appId: AppId): RunningApp | undefined {
    const running = this.#options.studios.runningApps(profileName);
    return running.find((app) => app.appId === appId);
  }

  async #measure(apps: readonly RunningApp[]): Promise<DomainAppUsage[]> {
    this.#usageMeter.keepOnly(this.#options.studios.runningApps());
    const hasGpus = apps.some(({ gpus }) => gpus.length > 0);
    const gpuUses = hasGpus ? await this.#options.gpus.meter.measure() : new Map();
    return Promise.all(
      apps.map(async (app) => ({
        ...this.#describe(app),
        ...(await this.#usageMeter.measure(app, gpuUses)),
      })),
    );
  }

  #describe(app: RunningApp): Omit<DomainAppUsage, 'memoryBytes' | 'cpuCount' | 'gpus'> {
    const { prices, images, idleWatch } = this.#options;
    const { appId, appType, profileName, kernelId, imageName, instanceType, startedAt } = app;
    return {
      ...{ appId, appType, profileName, kernelId, imageName, instanceType },
      ...{ stage: app.stage, queuePosition: app.queuePosition, cpuLimit: app.cpuLimit },
      hasNewerImage: images.hasNewer(imageName, app.imageDigest),
      pricePerHour: prices.priceOf(instanceType),
      startedAt: startedAt.toISOString(),
      memoryLimitBytes: app.memoryLimitBytes,
      idleEndsAt: idleWatch.endsAt(app)?.toISOString() ?? null,
      lifetimeEndsAt: idleWatch.lifetimeEndsAt(appId)?.toISOString() ?? null,
    };
  }

  #context() {
    const { prices, gpus, host, domain } = this.#options;
    return { prices, gpus, host, defaultInstanceType: domain().defaults.instanceType };
  }
}

export function appNotFound(): StrongroomError {
  return new StrongroomError('AppNotFound', 'This app does not run (any more)');
}
