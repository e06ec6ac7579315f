import type { AwsAccount } from '../teardown/aws-account.ts';

/**
 * A FAKE of AWS, at the level of SDK commands: it keeps a domain, homes and stacks as lists, removes what
 * is asked for, and refuses what AWS refuses as far as a teardown must know. It has never been compared
 * with AWS itself.
 */
export class FakeAws implements AwsAccount {
  apps: { AppName: string; AppType: string; SpaceName: string; Status: string }[] = [];
  spaces: { SpaceName: string; Status: string }[] = [];
  profiles: { UserProfileName: string; Status: string }[] = [];
  domain: string | undefined;
  mountTargets: string[] = [];
  fileSystem: string | undefined;
  groups: { GroupId: string; GroupName: string; IpPermissions: object[] }[] = [];
  interfaces: string[] = [];
  stacks: string[] = [];
  isProtected = true;
  /** Names of commands, in the order in which they came. */
  readonly asked: string[] = [];
  readonly told: string[] = [];
  /** Before this command is done, once, this is thrown. */
  failure: { readonly command: string; readonly error: Error } | undefined;
  readonly cloudFormation = this.#client<AwsAccount['cloudFormation']>();
  readonly ec2 = this.#client<AwsAccount['ec2']>();
  readonly efs = this.#client<AwsAccount['efs']>();
  readonly sageMaker = this.#client<AwsAccount['sageMaker']>();

  readonly wait = (): Promise<void> => {
    // What was going is gone at the next look.
    this.apps = this.apps.filter(({ Status }) => Status !== 'Deleting');
    this.spaces = this.spaces.filter(({ Status }) => Status !== 'Deleting');
    this.profiles = this.profiles.filter(({ Status }) => Status !== 'Deleting');
    return Promise.resolve();
  };

  readonly tell = (line: string): void => {
    this.told.push(line);
  };

  #client<Client>(): Client {
    const send = (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const name = command.constructor.name.replace(/Command$/, '');
      this.asked.push(name);
      if (this.failure?.command === name) {
        const { error } = this.failure;
        this.failure = undefined;
        return Promise.reject(error);
      }
      return this.#do(name, command.input);
    };
    return { send } as unknown as Client;
  }

  async #do(name: string, input: Record<string, unknown>): Promise<object> {
    switch (name) {
      case 'ListDomains':
        return { Domains: this.domain ? [{ DomainName: 'research', DomainId: this.domain }] : [] };
      case 'DescribeDomain':
        if (this.domain === undefined) throw named('ResourceNotFound');
        return { VpcId: 'vpc-1', HomeEfsFileSystemId: 'fs-1', Status: 'InService' };
      case 'ListApps':
        return { Apps: this.apps };
      case 'ListSpaces':
        return { Spaces: this.spaces };
      case 'ListUserProfiles':
        return { UserProfiles: this.profiles };
      case 'DeleteApp':
        return this.#going(this.apps, 'AppName', input);
      case 'DeleteSpace':
        this.#refuseWhile(this.apps.length > 0);
        return this.#going(this.spaces, 'SpaceName', input);
      case 'DeleteUserProfile':
        this.#refuseWhile(this.spaces.length > 0);
        return this.#going(this.profiles, 'UserProfileName', input);
      case 'DeleteDomain':
        this.#refuseWhile(this.profiles.length > 0);
        this.domain = undefined;
        return {};
      default:
        return this.#doElsewhere(name, input);
    }
  }

  async #doElsewhere(name: string, input: Record<string, unknown>): Promise<object> {
    switch (name) {
      case 'DescribeMountTargets':
        if (this.fileSystem === undefined) throw named('FileSystemNotFound');
        return { MountTargets: this.mountTargets.map((MountTargetId) => ({ MountTargetId })) };
      case 'DeleteMountTarget':
        this.mountTargets = this.mountTargets.filter((id) => id !== input.MountTargetId);
        return {};
      case 'DescribeFileSystems':
        if (this.fileSystem === undefined) return { FileSystems: [] };
        return { FileSystems: [{ FileSystemId: this.fileSystem, Tags: tagsOfHomes }] };
      case 'DeleteFileSystem':
        this.#refuseWhile(this.mountTargets.length > 0);
        this.fileSystem = undefined;
        return {};
      case 'DescribeSecurityGroups':
        return { SecurityGroups: this.groups };
      case 'RevokeSecurityGroupIngress':
        for (const group of this.groups) {
          if (group.GroupId === input.GroupId) group.IpPermissions = [];
        }
        return {};
      case 'DeleteSecurityGroup':
        this.#refuseWhile(this.groups.some(({ IpPermissions }) => IpPermissions.length > 0));
        this.groups = this.groups.filter(({ GroupId }) => GroupId !== input.GroupId);
        return {};
      case 'DescribeNetworkInterfaces':
        return { NetworkInterfaces: this.interfaces.map((id) => ({ NetworkInterfaceId: id })) };
      case 'DeleteNetworkInterface':
        this.interfaces = this.interfaces.filter((id) => id !== input.NetworkInterfaceId);
        return {};
      default:
        return this.#doWithStacks(name, String(input.StackName));
    }
  }

  async #doWithStacks(name: string, stackName: string): Promise<object> {
    switch (name) {
      case 'DescribeStacks':
        if (!this.stacks.includes(stackName)) {
          throw named('ValidationError', `Stack with id ${stackName} does not exist`);
        }
        return {
          Stacks: [{ StackName: stackName, StackStatus: 'CREATE_COMPLETE', Outputs: outputs }],
        };
      case 'UpdateTerminationProtection':
        this.isProtected = false;
        return {};
      case 'DeleteStack':
        this.#refuseWhile(this.isProtected || this.groups.length > 0);
        this.stacks = this.stacks.filter((stack) => stack !== stackName);
        return {};
      default:
        throw new Error(`This fake knows no "${name}"`);
    }
  }

  #going<Key extends string>(
    items: ({ Status: string } & Record<Key, string>)[],
    key: Key,
    input: Record<string, unknown>,
  ): object {
    const item = items.find((found) => found[key] === input[key]);
    if (item === undefined) throw named('ResourceNotFound');
    item.Status = 'Deleting';
    return {};
  }

  #refuseWhile(isInUse: boolean): void {
    if (isInUse) throw named('ResourceInUse');
  }
}

const tagsOfHomes = [
  { Key: 'ManagedByAmazonSageMakerResource', Value: 'arn:aws:sagemaker:r:a:domain/d-1' },
];
const outputs = [
  { OutputKey: 'DomainId', OutputValue: 'd-1' },
  { OutputKey: 'VpcId', OutputValue: 'vpc-1' },
];

export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
