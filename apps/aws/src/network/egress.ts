import type { Domain } from '@strongroom/domain';
import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSecurityGroupEgress,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnFirewall, CfnLoggingConfiguration } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { retentionOf } from '../observability/retention.ts';
import { firewallPolicy } from './firewall-policy.ts';

const anywhere = '0.0.0.0/0';

export interface EgressPlace {
  readonly domain: Domain;
  readonly vpcId: string;
  readonly zones: readonly string[];
  readonly cidrs: {
    readonly isolated: readonly string[];
    readonly firewall: readonly string[];
    readonly translation: readonly string[];
  };
  readonly isolatedRouteTableIds: readonly string[];
  readonly studioGroupId: string;
  readonly logKeyArn: string;
}

/**
 * The way out: studios → firewall → address translation → internet, and back through the firewall. It is
 * all here: where egress is off nothing of it exists, and switching it changes nothing else.
 */
export class Egress extends Construct {
  constructor(scope: Construct, place: EgressPlace) {
    super(scope, 'Egress');
    const { vpcId, domain, studioGroupId } = place;
    const gateway = new CfnInternetGateway(this, 'Internet');
    const attachment = new CfnVPCGatewayAttachment(this, 'Attachment', {
      ...{ vpcId, internetGatewayId: gateway.ref },
    });
    const policy = firewallPolicy(this, domain);
    const logs = new CfnLogGroup(this, 'FirewallLog', {
      logGroupName: `/strongroom/${domain.domain.name}/firewall`,
      ...{ kmsKeyId: place.logKeyArn, retentionInDays: retentionOf(domain.aws.logRetentionDays) },
    });
    logs.applyRemovalPolicy(RemovalPolicy.RETAIN);
    for (const [zone] of place.zones.entries()) {
      this.#zone(zone, place, {
        gateway,
        attachment,
        policyArn: policy.attrFirewallPolicyArn,
        logs,
      });
    }
    for (const port of portsOf(domain)) {
      new CfnSecurityGroupEgress(this, `StudiosTo${port}`, {
        ...{ groupId: studioGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port },
        ...{ cidrIp: anywhere, description: `Allowed names on port ${port}, through the firewall` },
      });
    }
  }

  #zone(
    zone: number,
    place: EgressPlace,
    shared: {
      gateway: CfnInternetGateway;
      attachment: CfnVPCGatewayAttachment;
      policyArn: string;
      logs: CfnLogGroup;
    },
  ): void {
    const firewallSubnet = this.#subnet('Firewall', zone, place);
    const publicSubnet = this.#subnet('Translation', zone, place);
    const firewall = new CfnFirewall(this, `Firewall${zone}`, {
      firewallName: `strongroom-${place.domain.domain.name}-${zone}`,
      ...{ firewallPolicyArn: shared.policyArn, vpcId: place.vpcId },
      subnetMappings: [{ subnetId: firewallSubnet.subnet.ref }],
      // The switch takes it away again.
      deleteProtection: false,
    });
    new CfnLoggingConfiguration(this, `FirewallLogging${zone}`, {
      firewallArn: firewall.attrFirewallArn,
      loggingConfiguration: {
        logDestinationConfigs: (['ALERT', 'FLOW'] as const).map((logType) => ({
          ...{ logType, logDestinationType: 'CloudWatchLogs' },
          logDestination: { logGroup: shared.logs.ref },
        })),
      },
    });
    const address = new CfnEIP(this, `Address${zone}`, { domain: 'vpc' });
    address.addResourceDependency(shared.attachment);
    const translation = new CfnNatGateway(this, `Nat${zone}`, {
      ...{ subnetId: publicSubnet.subnet.ref, allocationId: address.attrAllocationId },
    });
    // One firewall a zone, because the order of the endpoints of one in several zones is not told.
    const firewallEndpoint = Fn.select(1, Fn.split(':', Fn.select(0, firewall.attrEndpointIds)));
    const isolated = place.isolatedRouteTableIds[zone] ?? '';
    new CfnRoute(this, `StudiosOut${zone}`, {
      ...{
        routeTableId: isolated,
        destinationCidrBlock: anywhere,
        vpcEndpointId: firewallEndpoint,
      },
    });
    new CfnRoute(this, `FirewallOut${zone}`, {
      ...{ routeTableId: firewallSubnet.routeTable.ref, destinationCidrBlock: anywhere },
      natGatewayId: translation.ref,
    });
    new CfnRoute(this, `TranslationOut${zone}`, {
      ...{ routeTableId: publicSubnet.routeTable.ref, destinationCidrBlock: anywhere },
      gatewayId: shared.gateway.ref,
    }).addResourceDependency(shared.attachment);
    new CfnRoute(this, `TranslationBack${zone}`, {
      routeTableId: publicSubnet.routeTable.ref,
      destinationCidrBlock: place.cidrs.isolated[zone] ?? '',
      vpcEndpointId: firewallEndpoint,
    });
  }

  #subnet(kind: 'Firewall' | 'Translation', zone: number, { vpcId, zones, cidrs }: EgressPlace) {
    const subnet = new CfnSubnet(this, `${kind}Subnet${zone}`, {
      ...{ vpcId, availabilityZone: zones[zone] ?? '', mapPublicIpOnLaunch: false },
      cidrBlock: cidrs[kind === 'Firewall' ? 'firewall' : 'translation'][zone] ?? '',
    });
    const routeTable = new CfnRouteTable(this, `${kind}Routes${zone}`, { vpcId });
    new CfnSubnetRouteTableAssociation(this, `${kind}Association${zone}`, {
      ...{ subnetId: subnet.ref, routeTableId: routeTable.ref },
    });
    return { subnet, routeTable };
  }
}

function portsOf({ egress }: Domain): number[] {
  return [...new Set(egress.allowLists.flatMap(({ ports }) => ports))].sort((a, b) => a - b);
}
