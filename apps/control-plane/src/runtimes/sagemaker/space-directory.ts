import {
  CreateSpaceCommand,
  DeleteSpaceCommand,
  DescribeSpaceCommand,
  type DescribeSpaceResponse,
  ListSpacesCommand,
  type ResourceSpec,
  type SageMakerClient,
  type SpaceDetails,
  UpdateSpaceCommand,
} from '@aws-sdk/client-sagemaker';
import {
  type ProfileName,
  profileNameSchema,
  type SpaceStatus,
  StrongroomError,
  spaceStatusSchema,
} from '@strongroom/contracts';
import type { ActAsPerson } from './act-as-person.ts';
import type { DeployedDomain } from './deployed-domain.ts';
import type { DirectoryOptions } from './directory-options.ts';
import { askAws, awsCodeOf } from './explain-aws-error.ts';

/** A private space, as SageMaker has it at this moment. */
export interface SageMakerSpace {
  readonly spaceName: string;
  readonly profileName: ProfileName;
  readonly status: SpaceStatus;
  readonly failureReason: string | null;
  /** Known only of a space that was described. */
  readonly instanceType: string | null;
  readonly createdAt: Date;
}

type SpaceName = Pick<SageMakerSpace, 'profileName' | 'spaceName'>;

/** The private spaces of a SageMaker domain; shared ones are nobody's here. */
export class SpaceDirectory {
  readonly #client: SageMakerClient;
  readonly #domain: DeployedDomain;
  readonly #actAs: ActAsPerson;

  constructor(options: DirectoryOptions) {
    this.#client = options.client;
    this.#domain = options.domain;
    this.#actAs = options.actAs;
  }

  /** Everybody's, or those of one profile. */
  async list(profileName?: ProfileName): Promise<SageMakerSpace[]> {
    const DomainIdEquals = await this.#domain.id();
    const call = { operation: 'ListSpaces', subject: DomainIdEquals };
    const spaces: SageMakerSpace[] = [];
    let nextToken: string | undefined;
    do {
      const asked = {
        DomainIdEquals,
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      };
      const page = await askAws(call, () => this.#client.send(new ListSpacesCommand(asked)));
      for (const details of page.Spaces ?? []) spaces.push(...readListed(details));
      nextToken = page.NextToken;
    } while (nextToken !== undefined);
    if (profileName === undefined) return spaces;
    return spaces.filter((space) => space.profileName === profileName);
  }

  /**
   * One space of this profile. Who asks for another's is not told that there is one.
   *
   * @throws {StrongroomError} `SpaceNotFound`
   */
  async describe(profileName: ProfileName, spaceName: string): Promise<SageMakerSpace> {
    const found = await this.#find(spaceName);
    if (found !== undefined && found.profileName === profileName) return found;
    throw new StrongroomError('SpaceNotFound', `Cannot find the space "${spaceName}"`, {
      values: { spaceName },
    });
  }

  /** @throws {StrongroomError} `SpaceExists` */
  async create(profileName: ProfileName, spaceName: string, instanceType: string): Promise<void> {
    const DomainId = await this.#domain.id();
    const command = new CreateSpaceCommand({
      ...{ DomainId, SpaceName: spaceName, SpaceSettings: settingsOf(instanceType) },
      OwnershipSettings: { OwnerUserProfileName: profileName },
      SpaceSharingSettings: { SharingType: 'Private' },
    });
    try {
      await this.#actAs(profileName, (client) => client.send(command));
    } catch (error) {
      if (awsCodeOf(error) !== 'ResourceInUse') {
        await askAws({ operation: 'CreateSpace', subject: spaceName }, () => Promise.reject(error));
      }
      // An answer that was lost on its way is asked for again by the SDK: the space may be this very one.
      const found = await this.#find(spaceName);
      if (found?.profileName === profileName && found.status === 'Pending') return;
      throw new StrongroomError(
        'SpaceExists',
        `Cannot create the space "${spaceName}": it exists`,
        {
          ...{ remedy: 'Choose another name', values: { spaceName } },
        },
      );
    }
  }

  /** @throws {StrongroomError} `SpaceInUse` while its app runs */
  async setInstanceType({ profileName, spaceName }: SpaceName, type: string): Promise<void> {
    const DomainId = await this.#domain.id();
    const { SpaceSettings: before } = await askAws(
      { operation: 'DescribeSpace', subject: spaceName },
      () => this.#client.send(new DescribeSpaceCommand({ DomainId, SpaceName: spaceName })),
    );
    // What else the space is started with stays.
    const SpaceSettings = settingsOf(type, before?.JupyterLabAppSettings?.DefaultResourceSpec);
    const command = new UpdateSpaceCommand({ DomainId, SpaceName: spaceName, SpaceSettings });
    await this.#unlessInUse('UpdateSpace', spaceName, () =>
      this.#actAs(profileName, (client) => client.send(command)),
    );
  }

  /** With what is stored in it. @throws {StrongroomError} `SpaceInUse` */
  async delete({ profileName, spaceName }: SpaceName): Promise<void> {
    const DomainId = await this.#domain.id();
    const command = new DeleteSpaceCommand({ DomainId, SpaceName: spaceName });
    await this.#unlessInUse('DeleteSpace', spaceName, () =>
      this.#actAs(profileName, (client) => client.send(command)),
    );
  }

  async #unlessInUse(operation: string, subject: string, send: () => Promise<unknown>) {
    await askAws({ operation, subject }, async () => {
      try {
        await send();
      } catch (error) {
        if (awsCodeOf(error) !== 'ResourceInUse') throw error;
        throw new StrongroomError('SpaceInUse', `Cannot ${operation} "${subject}": its app runs`, {
          ...{ remedy: 'Stop its app first', values: { spaceName: subject }, cause: error },
        });
      }
    });
  }

  async #find(SpaceName: string): Promise<SageMakerSpace | undefined> {
    const DomainId = await this.#domain.id();
    return askAws({ operation: 'DescribeSpace', subject: SpaceName }, async () => {
      try {
        return readDescribed(
          await this.#client.send(new DescribeSpaceCommand({ DomainId, SpaceName })),
        );
      } catch (error) {
        if (awsCodeOf(error) === 'ResourceNotFound') return undefined;
        throw error;
      }
    });
  }
}

function settingsOf(instanceType: string, before: ResourceSpec = {}) {
  const DefaultResourceSpec = { ...before, InstanceType: instanceType as never };
  return { AppType: 'JupyterLab', JupyterLabAppSettings: { DefaultResourceSpec } } as const;
}

function readListed(details: SpaceDetails): SageMakerSpace[] {
  const owner = details.OwnershipSettingsSummary?.OwnerUserProfileName;
  const sharing = details.SpaceSharingSettingsSummary?.SharingType;
  return read(details, { owner, sharing, instanceType: undefined, failureReason: undefined });
}

function readDescribed(space: DescribeSpaceResponse): SageMakerSpace | undefined {
  const { SpaceSettings, OwnershipSettings, SpaceSharingSettings, FailureReason } = space;
  const spec = SpaceSettings?.JupyterLabAppSettings?.DefaultResourceSpec;
  return read(space, {
    ...{ owner: OwnershipSettings?.OwnerUserProfileName, failureReason: FailureReason },
    ...{ sharing: SpaceSharingSettings?.SharingType, instanceType: spec?.InstanceType },
  })[0];
}

function read(
  space: Pick<SpaceDetails, 'SpaceName' | 'Status' | 'CreationTime'>,
  further: Readonly<
    Record<'owner' | 'sharing' | 'instanceType' | 'failureReason', string | undefined>
  >,
): SageMakerSpace[] {
  const owner = profileNameSchema.safeParse(further.owner);
  const status = spaceStatusSchema.safeParse(space.Status);
  const { SpaceName: spaceName, CreationTime: createdAt } = space;
  if (further.sharing !== 'Private' || !owner.success || !status.success) return [];
  if (spaceName === undefined || createdAt === undefined) return [];
  return [
    {
      ...{ spaceName, createdAt, profileName: owner.data, status: status.data },
      failureReason: further.failureReason ?? null,
      instanceType: further.instanceType ?? null,
    },
  ];
}
