import type { AwsPolicies, Domain } from '@strongroom/domain';
import { Fn } from 'aws-cdk-lib';
import {
  CfnFlowLog,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import type { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Egress } from './egress.ts';
import { Endpoints } from './endpoints.ts';
import { SecurityGroups } from './security-groups.ts';
import { planSubnets } from './subnet-plan.ts';

const flowLogSeconds = 60;

/** Isolated subnets, whose only ways lead to endpoints; the way out only where the domain file says so. */
export class Network extends Construct {
  readonly vpc: CfnVPC;
  readonly subnetIds: string[];
  readonly groups: SecurityGroups;
  readonly endpoints: Endpoints;

  constructor(
    scope: Construct,
    options: {
      domain: Domain;
      policies: AwsPolicies;
      audit: CfnBucket;
      auditPolicy: CfnBucketPolicy;
      logKeyArn: string;
      s3PrefixList: string;
    },
  ) {
    super(scope, 'Network');
    const { domain, policies, audit, logKeyArn, s3PrefixList } = options;
    const { cidr, availabilityZones, egress } = domain.aws.network;
    const cidrs = planSubnets(cidr, availabilityZones);
    this.vpc = new CfnVPC(this, 'Vpc', {
      ...{ cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true },
    });
    const vpcId = this.vpc.ref;
    const zones = cidrs.isolated.map((_, zone) => Fn.select(zone, Fn.getAzs()));
    const isolated = cidrs.isolated.map((cidrBlock, zone) => {
      const availabilityZone = zones[zone] ?? '';
      return this.#isolatedSubnet(zone, { vpcId, cidrBlock, availabilityZone });
    });
    this.subnetIds = isolated.map(({ subnet }) => subnet.ref);
    const isolatedRouteTableIds = isolated.map(({ routeTable }) => routeTable.ref);
    this.groups = new SecurityGroups(this, { vpcId, s3PrefixList });
    this.endpoints = new Endpoints(this, {
      ...{ domain, policies, vpcId, subnetIds: this.subnetIds },
      routeTableIds: isolatedRouteTableIds,
      securityGroupId: this.groups.endpoints.attrGroupId,
    });
    new CfnFlowLog(this, 'FlowLog', {
      ...{ resourceId: vpcId, resourceType: 'VPC', trafficType: 'ALL' },
      ...{ logDestinationType: 's3', logDestination: `${audit.attrArn}/flow-logs/` },
      maxAggregationInterval: flowLogSeconds,
    }).addResourceDependency(options.auditPolicy);
    if (egress === 'off') return;
    new Egress(this, {
      ...{ domain, vpcId, zones, cidrs, isolatedRouteTableIds, logKeyArn },
      studioGroupId: this.groups.studios.attrGroupId,
    });
  }

  #isolatedSubnet(
    zone: number,
    place: { vpcId: string; cidrBlock: string; availabilityZone: string },
  ) {
    const subnet = new CfnSubnet(this, `Isolated${zone}`, {
      ...{ ...place, mapPublicIpOnLaunch: false },
    });
    const routeTable = new CfnRouteTable(this, `IsolatedRoutes${zone}`, { vpcId: place.vpcId });
    new CfnSubnetRouteTableAssociation(this, `IsolatedAssociation${zone}`, {
      ...{ subnetId: subnet.ref, routeTableId: routeTable.ref },
    });
    return { subnet, routeTable };
  }
}
