import type { Resolved } from '../resolve/unknown.ts';
import { at, itemsOf, type Resource, textsOf } from './resource.ts';
import type { Resources } from './resources.ts';

/** Endpoints of a VPC by the last part of their service, such as `sagemaker.api`. */
export function endpointsOf(resources: Resources, vpc: Resource): readonly Resource[] {
  return resources
    .ofType('AWS::EC2::VPCEndpoint')
    .filter((endpoint) => at(endpoint, 'VpcId') === vpc.reference);
}

/** `com.amazonaws.eu-west-1.sagemaker.api` and `aws.sagemaker.eu-west-1.studio` without what varies. */
export function serviceOf(endpoint: Resource): string | undefined {
  const name = at(endpoint, 'ServiceName');
  if (typeof name !== 'string') return undefined;
  const studio = /^aws\.sagemaker\.[a-z0-9-]+\.(studio|notebook)$/.exec(name)?.[1];
  if (studio !== undefined) return `sagemaker.${studio}`;
  return name.replace(/^(?:cn\.)?com\.amazonaws\.[a-z0-9-]+\./, '');
}

export function isGateway(endpoint: Resource): boolean {
  const type = at(endpoint, 'VpcEndpointType');
  return type === undefined || type === 'Gateway';
}

/** The route tables of a subnet; the VPC's main table, which has no route out, where none is named. */
export function routeTablesOf(resources: Resources, subnet: Resource): readonly Resource[] {
  return resources
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter((association) => at(association, 'SubnetId') === subnet.reference)
    .map((association) => resources.find(at(association, 'RouteTableId')))
    .filter((table) => table !== undefined);
}

export function routesOf(resources: Resources, table: Resource): readonly Resource[] {
  return resources
    .ofType('AWS::EC2::Route')
    .filter((route) => at(route, 'RouteTableId') === table.reference);
}

export interface SecurityRule {
  readonly direction: 'ingress' | 'egress';
  /** `-1` for every protocol. */
  readonly protocol: Resolved;
  readonly fromPort: Resolved;
  readonly toPort: Resolved;
  readonly cidr: Resolved;
  readonly prefixList: Resolved;
  /** The security group at the other end. */
  readonly peer: Resolved;
  readonly resource: Resource;
  readonly path: string;
}

/** The rules of a group: those inside it, and those that are resources of their own. */
export function rulesOf(resources: Resources, group: Resource): readonly SecurityRule[] {
  const separate = (direction: SecurityRule['direction'], type: string) =>
    resources
      .ofType(type)
      .filter((rule) => at(rule, 'GroupId') === group.reference)
      .map((rule) => readRule(direction, rule, ''));
  const inline = (direction: SecurityRule['direction'], property: string) =>
    itemsOf(at(group, property)).map((_, index) =>
      readRule(direction, group, `${property}.${index}`),
    );
  return [
    ...inline('ingress', 'SecurityGroupIngress'),
    ...inline('egress', 'SecurityGroupEgress'),
    ...separate('ingress', 'AWS::EC2::SecurityGroupIngress'),
    ...separate('egress', 'AWS::EC2::SecurityGroupEgress'),
    ...defaultEgress(group),
  ];
}

/** EC2 opens everything outward where the group itself lists nothing. */
function defaultEgress(group: Resource): readonly SecurityRule[] {
  if (at(group, 'SecurityGroupEgress') !== undefined) return [];
  return [
    {
      ...{ direction: 'egress', protocol: '-1', cidr: '0.0.0.0/0' },
      ...{ fromPort: undefined, toPort: undefined, prefixList: undefined, peer: undefined },
      ...{ resource: group, path: 'SecurityGroupEgress' },
    },
  ];
}

function readRule(
  direction: SecurityRule['direction'],
  resource: Resource,
  path: string,
): SecurityRule {
  const value = (name: string) => at(resource, path === '' ? name : `${path}.${name}`);
  const end = direction === 'ingress' ? 'Source' : 'Destination';
  return {
    ...{ direction, resource, path },
    protocol: value('IpProtocol'),
    fromPort: value('FromPort'),
    toPort: value('ToPort'),
    cidr: value('CidrIp') ?? value('CidrIpv6'),
    prefixList: value(`${end}PrefixListId`),
    peer: value(`${end}SecurityGroupId`),
  };
}

/** Does the rule let TCP through on a port? */
export function coversPort(rule: SecurityRule, port: number): boolean {
  const protocol = String(rule.protocol);
  if (protocol === '-1') return true;
  if (protocol !== 'tcp' && protocol !== '6') return false;
  return Number(rule.fromPort) <= port && port <= Number(rule.toPort);
}

/** Everybody's addresses, in either version of IP, also in two halves. */
export function isEverywhere(cidr: Resolved): boolean {
  return typeof cidr === 'string' && /\/[01]$/.test(cidr);
}

export function groupsIn(resources: Resources, value: Resolved): readonly Resource[] {
  return textsOf(value)
    .map((id) => resources.find(id, 'AWS::EC2::SecurityGroup'))
    .filter((group) => group !== undefined);
}

/** What `Fn::GetAtt` of `DefaultSecurityGroup` gives for a network of the templates. */
export function defaultGroupOf(vpc: Resource): string {
  return vpc.reference.replace(/^vpc-/, 'sg-default-');
}
