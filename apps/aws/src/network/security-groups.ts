import {
  CfnSecurityGroup,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

const tls = 443;
const networkFileSystem = 2049;
/** Between the parts of one studio (SageMaker Developer Guide, "Connect Studio in a VPC to external resources"). */
const studioPorts = { from: 8192, to: 65_535 };

/**
 * EC2 opens everything to a group that names no way out, so one is named that leads nowhere. The ways
 * that there are stand apart, so that one more changes none of them.
 */
const nowhere = [
  {
    ...{ ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32' },
    description: 'Nowhere',
  },
];

export class SecurityGroups extends Construct {
  readonly studios: CfnSecurityGroup;
  readonly endpoints: CfnSecurityGroup;
  /** For the machine that the portal runs on, wherever an operator puts it in the network. */
  readonly portal: CfnSecurityGroup;

  constructor(scope: Construct, { vpcId, s3PrefixList }: { vpcId: string; s3PrefixList: string }) {
    super(scope, 'SecurityGroups');
    const make = (id: string, groupDescription: string) =>
      new CfnSecurityGroup(this, id, { groupDescription, vpcId, securityGroupEgress: nowhere });
    this.studios = make('Studios', 'Studios, their homes and their jobs');
    this.endpoints = make('Endpoints', 'Endpoints of the services that studios use');
    this.portal = make('Portal', 'The portal to the domain');
    const studios = this.studios.attrGroupId;
    const endpoints = this.endpoints.attrGroupId;
    this.#within('Homes', studios, { from: networkFileSystem, to: networkFileSystem });
    this.#within('Kernels', studios, studioPorts);
    this.#toServices('Studios', studios, { endpoints, s3PrefixList });
    this.#toServices('Portal', this.portal.attrGroupId, { endpoints, s3PrefixList });
  }

  #toServices(
    whose: string,
    groupId: string,
    { endpoints, s3PrefixList }: { endpoints: string; s3PrefixList: string },
  ): void {
    const rule = { ipProtocol: 'tcp', fromPort: tls, toPort: tls };
    new CfnSecurityGroupIngress(this, `EndpointsFrom${whose}`, {
      ...{ ...rule, groupId: endpoints, sourceSecurityGroupId: groupId },
      description: `${whose} to endpoints`,
    });
    new CfnSecurityGroupEgress(this, `${whose}ToEndpoints`, {
      ...{ ...rule, groupId, destinationSecurityGroupId: endpoints },
      description: `${whose} to endpoints`,
    });
    new CfnSecurityGroupEgress(this, `${whose}ToS3`, {
      ...{ ...rule, groupId, destinationPrefixListId: s3PrefixList },
      description: `${whose} to S3 through its gateway endpoint`,
    });
  }

  #within(id: string, groupId: string, { from, to }: { from: number; to: number }): void {
    const rule = {
      ...{ groupId, ipProtocol: 'tcp', fromPort: from, toPort: to },
      description: `${id} within studios`,
    };
    new CfnSecurityGroupIngress(this, `${id}In`, { ...rule, sourceSecurityGroupId: groupId });
    new CfnSecurityGroupEgress(this, `${id}Out`, { ...rule, destinationSecurityGroupId: groupId });
  }
}
