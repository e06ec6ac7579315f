import {
  CreatePresignedDomainUrlCommand,
  DescribeUserProfileCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { type LaunchStage, type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { ActAsPerson } from './act-as-person.ts';
import { type AppDirectory, spaceAppName } from './app-directory.ts';
import type { DeployedDomain } from './deployed-domain.ts';
import { askAws, awsCodeOf } from './explain-aws-error.ts';
import type { SageMakerSpace, SpaceDirectory } from './space-directory.ts';

export interface SpaceLaunchOptions {
  readonly client: SageMakerClient;
  readonly actAs: ActAsPerson;
  readonly domain: DeployedDomain;
  readonly spaces: SpaceDirectory;
  readonly apps: AppDirectory;
  /** Of the person's session in SageMaker, in seconds. */
  readonly sessionSeconds: () => number;
  /** Between two looks at what is on its way; rejects never. */
  readonly pause: () => Promise<void>;
  /** How many looks at most. */
  readonly maximumLooks: number;
}

export interface LaunchedSpace {
  readonly profileName: ProfileName;
  readonly spaceName: string | undefined;
  /** @throws {StrongroomError} where this person may not start this app, or has not the means */
  requireStart(space: SageMakerSpace): Promise<string>;
  readonly finish: (stage: LaunchStage) => void;
}

/** Long enough for a browser to follow it (CreatePresignedDomainUrl: 5 to 300 seconds). */
export const presignedDomainUrlSeconds = 60;
/** What SageMaker takes for SessionExpirationDurationInSeconds. */
const leastSessionSeconds = 1_800;
const mostSessionSeconds = 43_200;

/**
 * From the decision to the address, on SageMaker's side. Each step looks first at what is there: a launch
 * that broke off in the middle (throttled, expired, stopped) goes on where it was when it is asked for again.
 */
export class SpaceLaunch {
  readonly #options: SpaceLaunchOptions;

  constructor(options: SpaceLaunchOptions) {
    this.#options = options;
  }

  /** @throws {StrongroomError} `ProfileNotDeployed` */
  async requireProfile(profileName: ProfileName): Promise<void> {
    const { client, domain } = this.#options;
    const DomainId = await domain.id();
    const command = new DescribeUserProfileCommand({ DomainId, UserProfileName: profileName });
    const found = await askAws({ operation: 'DescribeUserProfile', subject: profileName }, () =>
      client.send(command).catch((error: unknown) => {
        if (awsCodeOf(error) === 'ResourceNotFound') return undefined;
        throw error;
      }),
    );
    if (found?.Status === 'InService' || found?.Status === 'Updating') return;
    const state = found?.FailureReason ?? found?.Status ?? 'it is not deployed';
    throw new StrongroomError('ProfileNotDeployed', `Cannot open "${profileName}": ${state}`, {
      remedy: 'An operator deploys the domain file again (strongroom aws deploy)',
      values: { profileName, state },
    });
  }

  /** @throws {StrongroomError} `SpaceNotFound`, `SpaceNotReady`, `AppDidNotStart`, and of `requireStart` */
  async startSpace(launched: LaunchedSpace & { readonly spaceName: string }): Promise<void> {
    const { profileName, spaceName, finish } = launched;
    const space = await this.#requireReady(profileName, spaceName);
    finish('PrepareSpace');
    await this.#requireApp(space, launched);
    finish('StartApp');
  }

  /** Bound to this profile, and to its space where one is named. */
  async presign(profileName: ProfileName, spaceName: string | undefined): Promise<string> {
    const { actAs, domain, sessionSeconds } = this.#options;
    const seconds = Math.floor(sessionSeconds());
    const command = new CreatePresignedDomainUrlCommand({
      ...{ DomainId: await domain.id(), UserProfileName: profileName },
      ExpiresInSeconds: presignedDomainUrlSeconds,
      SessionExpirationDurationInSeconds: Math.min(
        mostSessionSeconds,
        Math.max(leastSessionSeconds, seconds),
      ),
      LandingUri: spaceName === undefined ? 'studio::' : 'app:JupyterLab:',
      ...(spaceName === undefined ? {} : { SpaceName: spaceName }),
    });
    const call = { operation: 'CreatePresignedDomainUrl', subject: profileName };
    const { AuthorizedUrl: url } = await askAws(call, () =>
      actAs(profileName, (client) => client.send(command)),
    );
    if (url?.startsWith('https://')) return url;
    throw new StrongroomError('AwsRefused', `Cannot open "${profileName}": AWS gave no address`);
  }

  async #requireReady(profileName: ProfileName, spaceName: string): Promise<SageMakerSpace> {
    const { spaces } = this.#options;
    const space = await this.#lookUntil(
      () => spaces.describe(profileName, spaceName),
      ({ status }) => status !== 'Pending' && status !== 'Updating',
    );
    if (space?.status === 'InService' || space?.status === 'Update_Failed') return space;
    const state = space?.failureReason ?? space?.status ?? 'it is still being made';
    throw new StrongroomError('SpaceNotReady', `Cannot open "${spaceName}": ${state}`, {
      ...{ remedy: 'Wait until the space is InService, or delete it and create it again' },
      values: { spaceName, state },
    });
  }

  async #requireApp(space: SageMakerSpace, { requireStart }: LaunchedSpace): Promise<void> {
    const { apps } = this.#options;
    const { spaceName, profileName } = space;
    const named = { appType: 'JupyterLab', appName: spaceAppName, spaceName, profileName } as const;
    let isStarted = false;
    let instanceType: string | undefined;
    const app = await this.#lookUntil(
      async () => {
        const found = await apps.details(named);
        if (isOnItsWay(found.status) || found.status === 'InService' || isStarted) return found;
        instanceType ??= await requireStart(space);
        // Its name is free only once it is gone.
        if (found.status === 'Failed') await apps.stop(named);
        isStarted = await apps.start(space, instanceType);
        return isStarted ? apps.details(named) : { ...found, status: 'Pending' as const };
      },
      ({ status }) => !isOnItsWay(status),
    );
    if (app?.status === 'InService') return;
    const state = app?.failureReason ?? app?.status ?? 'it is still starting';
    throw new StrongroomError(
      'AppDidNotStart',
      `Cannot start the app of "${spaceName}": ${state}`,
      {
        ...{ remedy: 'Open the space again; choose another size where there is no capacity' },
        values: { spaceName, state },
      },
    );
  }

  /** `undefined`: it is still on its way after the last look. */
  async #lookUntil<Found>(
    look: () => Promise<Found>,
    isSettled: (found: Found) => boolean,
  ): Promise<Found | undefined> {
    const { pause, maximumLooks } = this.#options;
    for (let count = 0; count < maximumLooks; count += 1) {
      const found = await look();
      if (isSettled(found)) return found;
      await pause();
    }
    return undefined;
  }
}

function isOnItsWay(status: string | undefined): boolean {
  return status === 'Pending' || status === 'Deleting';
}
