import {
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  type RouteTable,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { isUnbound } from '../policy-bounds.ts';
import { each, failed, type Probe, type ProbeContext, passed } from '../probe.ts';

const vpcs = ({ deployment }: ProbeContext) =>
  deployment.ofType('AWS::EC2::VPC').map(({ physicalId }) => physicalId);
const ofVpc = (vpcId: string) => [{ Name: 'vpc-id', Values: [vpcId] }];

/** A gateway of the internet, of NAT or to another network; endpoints and the VPC itself are none. */
const outward = /^(?:igw|nat|eigw|tgw|pcx|vgw|lgw)-/;

export const routes: Probe = {
  name: 'routes',
  question: 'No route leads to the internet, unless the domain file switches egress on',
  look: (context) =>
    each(vpcs(context), String, async (vpcId) => {
      const { RouteTables = [] } = await context.clients.ec2.send(
        new DescribeRouteTablesCommand({ Filters: ofVpc(vpcId) }),
      );
      const out = RouteTables.flatMap(outwardRoutes);
      if (out.length === 0) return passed('Every route stays inside');
      if (context.deployment.domain.aws.network.egress === 'off') {
        return failed(`Routes lead out: ${out.join(', ')}`);
      }
      return passed(`Egress is on in the domain file: ${out.join(', ')}`);
    }),
};

function outwardRoutes({ RouteTableId, Routes = [] }: RouteTable): string[] {
  return Routes.flatMap((route) => {
    const targets = [
      ...[
        route.GatewayId,
        route.NatGatewayId,
        route.TransitGatewayId,
        route.EgressOnlyInternetGatewayId,
      ],
      ...[route.VpcPeeringConnectionId, route.LocalGatewayId, route.NetworkInterfaceId],
    ];
    const target = targets.find(
      (id) => id !== undefined && (outward.test(id) || id.startsWith('eni-')),
    );
    return target === undefined
      ? []
      : [`${RouteTableId} ${route.DestinationCidrBlock} → ${target}`];
  });
}

export const endpoints: Probe = {
  name: 'endpoints',
  question: 'Every endpoint is available under its private name, with a policy that binds it',
  async look(context) {
    const found: VpcEndpoint[] = [];
    for (const vpcId of vpcs(context)) {
      let nextToken: string | undefined;
      do {
        const more = nextToken === undefined ? {} : { NextToken: nextToken };
        const page = await context.clients.ec2.send(
          new DescribeVpcEndpointsCommand({ Filters: ofVpc(vpcId), ...more }),
        );
        found.push(...(page.VpcEndpoints ?? []));
        nextToken = page.NextToken;
      } while (nextToken !== undefined);
    }
    return each(
      found,
      ({ ServiceName, VpcEndpointId }) =>
        `${ServiceName?.split('.').slice(3).join('.')} ${VpcEndpointId}`,
      async (endpoint) => {
        const { State, PolicyDocument, VpcEndpointType, PrivateDnsEnabled } = endpoint;
        if (State?.toLowerCase() !== 'available') return failed(`It is ${State}`);
        const isInterface = VpcEndpointType === 'Interface';
        if (isInterface && PrivateDnsEnabled !== true) return failed('It has no private name');
        const unbound = isUnbound(PolicyDocument);
        if (unbound !== undefined) return failed(unbound);
        return passed('Available, with a policy');
      },
    );
  },
};

export const defaultGroups: Probe = {
  name: 'default-security-group',
  question: "The VPC's default security group lets nothing in or out",
  look: (context) =>
    each(vpcs(context), String, async (vpcId) => {
      const { SecurityGroups = [] } = await context.clients.ec2.send(
        new DescribeSecurityGroupsCommand({
          Filters: [...ofVpc(vpcId), { Name: 'group-name', Values: ['default'] }],
        }),
      );
      const open = SecurityGroups.filter(
        ({ IpPermissions = [], IpPermissionsEgress = [] }) =>
          IpPermissions.length + IpPermissionsEgress.length > 0,
      );
      if (SecurityGroups.length === 0) return failed('It was not found');
      return open.length === 0 ? passed('It is empty') : failed(`${open[0]?.GroupId} has rules`);
    }),
};

export const flowLogs: Probe = {
  name: 'flow-logs',
  question: 'Every connection in the VPC is recorded',
  look: (context) =>
    each(vpcs(context), String, async (vpcId) => {
      const { FlowLogs = [] } = await context.clients.ec2.send(
        new DescribeFlowLogsCommand({ Filter: [{ Name: 'resource-id', Values: [vpcId] }] }),
      );
      const active = FlowLogs.find(
        ({ FlowLogStatus, TrafficType }) => FlowLogStatus === 'ACTIVE' && TrafficType === 'ALL',
      );
      if (active === undefined) return failed('No active flow log records all traffic');
      if (active.DeliverLogsStatus === 'FAILED') {
        return failed(`Its delivery fails: ${active.DeliverLogsErrorMessage}`);
      }
      return passed(`${active.FlowLogId} to ${active.LogDestination ?? active.LogGroupName}`);
    }),
};
