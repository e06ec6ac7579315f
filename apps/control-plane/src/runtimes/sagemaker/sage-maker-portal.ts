import {
  type App,
  type AppId,
  type CreateSpaceRequest,
  type Launch,
  type LaunchStage,
  type ProfileName,
  type Space,
  StrongroomError,
} from '@strongroom/contracts';
import type { LaunchPortal, LaunchRequest } from '../../studios/launch-portal.ts';
import type { Launches } from '../../studios/launches.ts';
import { type AppDirectory, type SageMakerApp, spaceAppName } from './app-directory.ts';
import type { DeployedDomain } from './deployed-domain.ts';
import type { DomainSnapshot } from './domain-snapshot.ts';
import type { PortalRules } from './portal-rules.ts';
import type { SageMakerSpace, SpaceDirectory } from './space-directory.ts';
import { presignedDomainUrlSeconds, type SpaceLaunch } from './space-launch.ts';

export interface SageMakerPortalOptions {
  readonly domain: DeployedDomain;
  readonly rules: PortalRules;
  readonly launches: Launches;
  readonly spaceLaunch: SpaceLaunch;
  readonly spaces: SpaceDirectory;
  readonly apps: AppDirectory;
  readonly snapshot: DomainSnapshot;
  readonly priceOf: (instanceType: string) => number | null;
  readonly defaultInstanceType: () => string;
}

const homeStages: readonly LaunchStage[] = ['Authorize', 'FindProfile', 'Ready'];
const spaceStages: readonly LaunchStage[] = [
  ...(['Authorize', 'FindProfile', 'PrepareSpace', 'StartApp', 'Ready'] as const),
];

/** Studios that a SageMaker domain runs: launched, listed and stopped through its API. */
export class SageMakerPortal implements LaunchPortal {
  readonly #options: SageMakerPortalOptions;

  constructor(options: SageMakerPortalOptions) {
    this.#options = options;
  }

  launch(request: LaunchRequest): Launch {
    const { profileName, visitor, spaceName } = request;
    return this.#options.launches.begin({
      ...{ profileName, visitorName: visitor.profileName },
      stages: spaceName === undefined ? homeStages : spaceStages,
      run: (finish) => this.#run(request, finish),
    });
  }

  followLaunch(launchId: string, visitorName: ProfileName): AsyncIterable<Launch> {
    return this.#options.launches.follow(launchId, visitorName);
  }

  async apps(): Promise<App[]> {
    const { apps } = await this.#options.snapshot.take();
    return Promise.all(apps.map((app) => this.#describe(app)));
  }

  async stopApp(profileName: ProfileName, appId: AppId): Promise<void> {
    const { snapshot, apps } = this.#options;
    const { apps: listed } = await snapshot.take();
    const app = listed.find((each) => each.appId === appId && each.profileName === profileName);
    if (app === undefined || !isThere(app)) {
      throw new StrongroomError('AppNotFound', 'This app does not run (any more)');
    }
    await apps.stop(app);
    snapshot.forget();
  }

  /** Everything of a person who may no longer work here. */
  async stopAll(profileName: ProfileName): Promise<void> {
    const { snapshot, apps } = this.#options;
    snapshot.forget();
    const { apps: listed } = await snapshot.take();
    const theirs = listed.filter((app) => app.profileName === profileName && isThere(app));
    await Promise.all(theirs.map((app) => apps.stop(app)));
    snapshot.forget();
  }

  deployedDomainId(): Promise<string> {
    return this.#options.domain.id();
  }

  async allowedTypes(profileName: ProfileName) {
    return this.#options.rules.allowedTypes(profileName);
  }

  async spaces(profileName: ProfileName): Promise<Space[]> {
    const { snapshot, spaces } = this.#options;
    const listed = (await snapshot.take()).spaces.filter(
      (each) => each.profileName === profileName,
    );
    // Only a closer look tells the size and why something failed.
    const described = await Promise.all(
      listed.map(({ spaceName }) =>
        spaces.describe(profileName, spaceName).catch((error: unknown) => {
          // It went away between the two looks.
          if (error instanceof StrongroomError && error.code === 'SpaceNotFound') return undefined;
          throw error;
        }),
      ),
    );
    return Promise.all(
      described.filter((each) => each !== undefined).map((space) => this.#describeSpace(space)),
    );
  }

  /** @throws {StrongroomError} `SpaceExists`, `InstanceTypeUnavailable` */
  async createSpace(profileName: ProfileName, asked: CreateSpaceRequest): Promise<Space> {
    const { rules, spaces, snapshot } = this.#options;
    const spaceName = spaceNameOf(profileName);
    await rules.requireType(profileName, asked.instanceType);
    await spaces.create(profileName, spaceName, asked.instanceType);
    snapshot.forget();
    return this.#describeSpace(await spaces.describe(profileName, spaceName));
  }

  /** @throws {StrongroomError} `SpaceNotFound`, `SpaceInUse`, `InstanceTypeUnavailable` */
  async setInstanceType(profileName: ProfileName, spaceName: string, type: string): Promise<void> {
    const { rules, spaces, snapshot } = this.#options;
    await rules.requireType(profileName, type);
    await spaces.setInstanceType(await spaces.describe(profileName, spaceName), type);
    snapshot.forget();
  }

  /** @throws {StrongroomError} `SpaceNotFound`, `SpaceInUse` */
  async deleteSpace(profileName: ProfileName, spaceName: string): Promise<void> {
    const { spaces, snapshot } = this.#options;
    await spaces.delete(await spaces.describe(profileName, spaceName));
    snapshot.forget();
  }

  async #run({ profileName, visitor, spaceName }: LaunchRequest, finish: (s: LaunchStage) => void) {
    const { rules, spaceLaunch, snapshot } = this.#options;
    await rules.requireEntry(visitor.profileName, profileName);
    finish('Authorize');
    await spaceLaunch.requireProfile(profileName);
    finish('FindProfile');
    if (spaceName !== undefined) {
      const requireStart = (space: SageMakerSpace) => rules.requireStart(space);
      await spaceLaunch.startSpace({ profileName, spaceName, requireStart, finish });
      snapshot.forget();
    }
    // The start took its time; whoever lost the right meanwhile gets no address.
    const seconds = presignedDomainUrlSeconds;
    await rules.requirePresign(visitor.profileName, profileName, { spaceName, seconds });
    const url = await spaceLaunch.presign(profileName, spaceName);
    return { url, expiresInSeconds: seconds };
  }

  async #describe(app: SageMakerApp): Promise<App> {
    const hasEnded = app.status === 'Deleted' || app.status === 'Failed';
    const end = hasEnded ? await this.#options.snapshot.endOf(app) : undefined;
    const { appId, appType, appName, profileName, status, instanceType, spaceName } = app;
    return {
      ...{ appId, appType, appName, profileName, status, instanceType, imageName: imageOf(app) },
      ...(spaceName === undefined ? {} : { spaceName }),
      startedAt: app.startedAt.toISOString(),
      // One that never passed a health check never served.
      endedAt: end === undefined ? null : (end.lastSeenAt ?? app.startedAt).toISOString(),
      endReason: end?.failureReason ?? null,
      memoryBytes: null,
    };
  }

  async #describeSpace(space: SageMakerSpace): Promise<Space> {
    const { snapshot, priceOf, defaultInstanceType } = this.#options;
    const { spaceName, profileName, status, failureReason, instanceType, createdAt } = space;
    const { apps } = await snapshot.take();
    const app = apps.find((each) => each.spaceName === spaceName && each.appName === spaceAppName);
    const end = app?.status === 'Failed' ? await snapshot.endOf(app) : undefined;
    return {
      ...{ spaceName, profileName, status, failureReason, instanceType },
      createdAt: createdAt.toISOString(),
      app:
        app === undefined
          ? null
          : {
              ...{ appId: app.appId, status: app.status, instanceType: app.instanceType },
              startedAt: app.startedAt.toISOString(),
              failureReason: end?.failureReason ?? null,
            },
      pricePerHour: priceOf(instanceType ?? defaultInstanceType()),
    };
  }
}

/** A person's space has the person's name, by which the policies of the domain know it. */
export function spaceNameOf(profileName: ProfileName): string {
  return profileName;
}

function isThere({ status }: Pick<SageMakerApp, 'status'>): boolean {
  return status === 'Pending' || status === 'InService';
}

/** SageMaker names the image by an ARN of AWS's own account, which tells people nothing. */
function imageOf({ appType }: SageMakerApp): string {
  return appType === 'JupyterLab' || appType === 'CodeEditor' ? 'sagemaker-distribution' : appType;
}
