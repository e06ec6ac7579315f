import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import {
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
} from '@aws-sdk/client-efs';
import { askAws, isAbsent } from '../aws/ask-aws.ts';
import type { AwsAccount } from './aws-account.ts';
import type { FoundDomain } from './find-domain.ts';
import { waitUntilGone } from './wait-until-gone.ts';

/**
 * What SageMaker makes beside a domain and leaves behind, and what keeps a network from going: the file
 * system of homes, its interfaces, and two groups of rules for it that name each other.
 */
export async function removeLeftOvers(account: AwsAccount, domain: FoundDomain): Promise<void> {
  for (const id of await fileSystemsOf(account, domain.domainId))
    await removeFileSystem(account, id);
  if (domain.vpcId === undefined) return;
  await removeGroups(account, domain.vpcId, domain.domainId);
  await removeInterfaces(account, domain.vpcId);
}

/** SageMaker says in a tag whose homes a file system holds. */
const tagOfHomes = 'ManagedByAmazonSageMakerResource';

async function fileSystemsOf({ efs }: AwsAccount, domainId: string): Promise<string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await askAws('list the file systems of homes', () =>
      efs.send(new DescribeFileSystemsCommand(Marker === undefined ? {} : { Marker })),
    );
    const ofDomain = (page.FileSystems ?? []).filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === tagOfHomes && Value?.endsWith(`/${domainId}`)),
    );
    found.push(...ofDomain.map(({ FileSystemId }) => FileSystemId ?? ''));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}

async function removeFileSystem(account: AwsAccount, FileSystemId: string): Promise<void> {
  const { efs, tell } = account;
  const targets = async () => {
    const page = await orNothing(() => efs.send(new DescribeMountTargetsCommand({ FileSystemId })));
    return page?.MountTargets ?? [];
  };
  for (const { MountTargetId } of await askAws('list mount targets', targets)) {
    await askAws(`remove the mount target "${MountTargetId}"`, () =>
      orNothing(() => efs.send(new DeleteMountTargetCommand({ MountTargetId }))),
    );
  }
  await waitUntilGone(account, 'mount targets of homes', async () =>
    (await targets()).map(({ MountTargetId }) => MountTargetId ?? ''),
  );
  tell(`Removing the file system of homes, ${FileSystemId}`);
  await askAws(`remove the file system "${FileSystemId}"`, () =>
    orNothing(() => efs.send(new DeleteFileSystemCommand({ FileSystemId }))),
  );
  await waitUntilGone(account, 'the file system of homes', async () => {
    const page = await orNothing(() => efs.send(new DescribeFileSystemsCommand({ FileSystemId })));
    return (page?.FileSystems ?? []).map((found) => found.FileSystemId ?? '');
  });
}

async function removeGroups(account: AwsAccount, vpcId: string, domainId: string): Promise<void> {
  const { ec2, tell } = account;
  const groups = await askAws('list the security groups of homes', async () => {
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
    );
    return SecurityGroups.filter(({ GroupName = '' }) => isOfHomes(GroupName, domainId));
  });
  // Each names the other: none goes while a rule of another speaks of it.
  for (const group of groups) await revokeRules(account, group);
  for (const { GroupId, GroupName } of groups) {
    tell(`Removing the security group ${GroupName}`);
    await askAws(`remove the security group "${GroupName}"`, () =>
      orNothing(() => ec2.send(new DeleteSecurityGroupCommand({ GroupId }))),
    );
  }
}

function isOfHomes(groupName: string, domainId: string): boolean {
  return (
    /^security-group-for-(?:inbound|outbound)-nfs-/.test(groupName) && groupName.endsWith(domainId)
  );
}

async function revokeRules({ ec2 }: AwsAccount, group: SecurityGroup): Promise<void> {
  const { GroupId, GroupName, IpPermissions = [], IpPermissionsEgress = [] } = group;
  await askAws(`take the rules out of "${GroupName}"`, async () => {
    if (IpPermissions.length > 0) {
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    }
    if (IpPermissionsEgress.length > 0) {
      await ec2.send(
        new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress }),
      );
    }
  });
}

/** Those that nothing uses; what CloudFormation made goes with its stack. */
async function removeInterfaces({ ec2, tell }: AwsAccount, vpcId: string): Promise<void> {
  const { NetworkInterfaces = [] } = await askAws('list unused network interfaces', () =>
    ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [
          { Name: 'vpc-id', Values: [vpcId] },
          { Name: 'status', Values: ['available'] },
        ],
      }),
    ),
  );
  for (const { NetworkInterfaceId } of NetworkInterfaces) {
    tell(`Removing the network interface ${NetworkInterfaceId}`);
    await askAws(`remove the network interface "${NetworkInterfaceId}"`, () =>
      orNothing(() => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }))),
    );
  }
}

/** An earlier run may have been quicker. */
async function orNothing<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
