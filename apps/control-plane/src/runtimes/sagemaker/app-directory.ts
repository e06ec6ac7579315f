import { createHash } from 'node:crypto';
import {
  type AppDetails,
  CreateAppCommand,
  DeleteAppCommand,
  DescribeAppCommand,
  type DescribeAppResponse,
  ListAppsCommand,
  type ListAppsCommandInput,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import {
  type AppId,
  type AppStatus,
  type AppType,
  appStatusSchema,
  appTypeSchema,
  type ProfileName,
  profileNameSchema,
} from '@strongroom/contracts';
import type { ActAsPerson } from './act-as-person.ts';
import type { DeployedDomain } from './deployed-domain.ts';
import type { DirectoryOptions } from './directory-options.ts';
import { askAws, awsCodeOf } from './explain-aws-error.ts';

/** An app of SageMaker's, as it lists it. */
export interface SageMakerApp {
  readonly appId: AppId;
  readonly appType: AppType;
  readonly appName: string;
  readonly spaceName: string | undefined;
  /** Of the profile itself, or of the space's owner. */
  readonly profileName: ProfileName;
  readonly status: AppStatus;
  readonly instanceType: string;
  readonly startedAt: Date;
}

/** What only a closer look tells. */
export interface SageMakerAppDetails {
  readonly status: AppStatus | undefined;
  readonly failureReason: string | null;
  readonly lastSeenAt: Date | undefined;
}

type Named = Pick<SageMakerApp, 'appType' | 'appName' | 'spaceName' | 'profileName'>;

/** Private spaces have one JupyterLab app, of this name (SageMaker Developer Guide, "JupyterLab"). */
export const spaceAppName = 'default';

/** What runs, and what SageMaker still lists of what ended: a day's. */
export class AppDirectory {
  readonly #client: SageMakerClient;
  readonly #domain: DeployedDomain;
  readonly #actAs: ActAsPerson;

  constructor(options: DirectoryOptions) {
    this.#client = options.client;
    this.#domain = options.domain;
    this.#actAs = options.actAs;
  }

  /** Newest first. `ownerOf`: whose a space is. An app of nobody whom the domain file can name is left out. */
  async list(ownerOf: (spaceName: string) => ProfileName | undefined): Promise<SageMakerApp[]> {
    const DomainIdEquals = await this.#domain.id();
    const call = { operation: 'ListApps', subject: DomainIdEquals };
    const apps: SageMakerApp[] = [];
    let nextToken: string | undefined;
    do {
      const asked: ListAppsCommandInput = {
        ...{ DomainIdEquals, MaxResults: 100, SortBy: 'CreationTime' },
        SortOrder: 'Descending',
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      };
      const page = await askAws(call, () => this.#client.send(new ListAppsCommand(asked)));
      for (const details of page.Apps ?? []) apps.push(...read(details, ownerOf));
      nextToken = page.NextToken;
    } while (nextToken !== undefined);
    // Of a name that was used again, the newest is the one that is meant.
    return apps.sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
  }

  async details(app: Named): Promise<SageMakerAppDetails> {
    const DomainId = await this.#domain.id();
    const command = new DescribeAppCommand({ DomainId, ...nameOf(app) });
    return askAws({ operation: 'DescribeApp', subject: subjectOf(app) }, async () => {
      try {
        return describe(await this.#client.send(command));
      } catch (error) {
        if (awsCodeOf(error) !== 'ResourceNotFound') throw error;
        return { status: undefined, failureReason: null, lastSeenAt: undefined };
      }
    });
  }

  /** Answers `false` where there is one already, or one that is not gone yet; nothing is changed then. */
  async start(
    { profileName, spaceName }: { readonly profileName: ProfileName; readonly spaceName: string },
    instanceType: string,
  ): Promise<boolean> {
    const DomainId = await this.#domain.id();
    const command = new CreateAppCommand({
      ...{ DomainId, SpaceName: spaceName, AppType: 'JupyterLab', AppName: spaceAppName },
      ResourceSpec: {
        ...(await this.#domain.jupyterLabSpec()),
        InstanceType: instanceType as never,
      },
    });
    return askAws({ operation: 'CreateApp', subject: spaceName }, async () => {
      try {
        await this.#actAs(profileName, (client) => client.send(command));
        return true;
      } catch (error) {
        if (awsCodeOf(error) === 'ResourceInUse') return false;
        throw error;
      }
    });
  }

  /** Of one that is gone already nothing is said. */
  async stop(app: Named): Promise<void> {
    const DomainId = await this.#domain.id();
    const command = new DeleteAppCommand({ DomainId, ...nameOf(app) });
    await askAws({ operation: 'DeleteApp', subject: subjectOf(app) }, async () => {
      try {
        await this.#client.send(command);
      } catch (error) {
        if (awsCodeOf(error) !== 'ResourceNotFound') throw error;
      }
    });
  }
}

function nameOf({ appType, appName, spaceName, profileName }: Named) {
  const owner =
    spaceName === undefined ? { UserProfileName: profileName } : { SpaceName: spaceName };
  return { ...owner, AppType: appType, AppName: appName };
}

function subjectOf({ spaceName, profileName, appType, appName }: Named): string {
  return `${spaceName ?? profileName}/${appType}/${appName}`;
}

function describe({ Status, FailureReason, LastHealthCheckTimestamp }: DescribeAppResponse) {
  return {
    status: appStatusSchema.safeParse(Status).data,
    failureReason: FailureReason ?? null,
    lastSeenAt: LastHealthCheckTimestamp,
  };
}

function read(
  app: AppDetails,
  ownerOf: (spaceName: string) => ProfileName | undefined,
): SageMakerApp[] {
  const { AppName: appName, SpaceName: spaceName, CreationTime: startedAt } = app;
  const appType = appTypeSchema.safeParse(app.AppType);
  const status = appStatusSchema.safeParse(app.Status);
  const owner =
    spaceName === undefined
      ? profileNameSchema.safeParse(app.UserProfileName).data
      : ownerOf(spaceName);
  if (!appType.success || !status.success || owner === undefined) return [];
  if (appName === undefined || startedAt === undefined) return [];
  const named = { appType: appType.data, appName, spaceName, profileName: owner };
  return [
    {
      ...{ ...named, status: status.data, startedAt },
      appId: appIdOf(`${app.DomainId}/${subjectOf(named)}/${startedAt.getTime()}`),
      instanceType: app.ResourceSpec?.InstanceType ?? 'system',
    },
  ];
}

/** SageMaker uses an app's name again and again; with the time it began there is one of it. */
function appIdOf(text: string): AppId {
  return createHash('sha256').update(text).digest('hex').slice(0, 32) as AppId;
}
