import {
  DescribeSecurityGroupsCommand,
  type EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { askAws } from '../aws/ask-aws.ts';

/**
 * Every network comes with a group that lets its members reach everything, and CloudFormation cannot
 * empty it (Amazon VPC User Guide, "Default security groups for your VPCs").
 */
export async function closeDefaultGroup(
  ec2: Pick<EC2Client, 'send'>,
  vpcId: string,
): Promise<boolean> {
  const { SecurityGroups = [] } = await askAws('look at the default security group', () =>
    ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [vpcId] },
          { Name: 'group-name', Values: ['default'] },
        ],
      }),
    ),
  );
  let isChanged = false;
  for (const { GroupId, IpPermissions = [], IpPermissionsEgress = [] } of SecurityGroups) {
    await askAws('empty the default security group', async () => {
      if (IpPermissions.length > 0) {
        await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
        isChanged = true;
      }
      if (IpPermissionsEgress.length > 0) {
        const rules = { GroupId, IpPermissions: IpPermissionsEgress };
        await ec2.send(new RevokeSecurityGroupEgressCommand(rules));
        isChanged = true;
      }
    });
  }
  return isChanged;
}
