import { isUnknown, type Resolved, type Unknown } from '../resolve/unknown.ts';
import { isEverywhere, routesOf, routeTablesOf } from './network.ts';
import { at, type Resource } from './resource.ts';
import type { Resources } from './resources.ts';

export type PathOut =
  | { readonly kind: 'none' }
  /** Through a network firewall first. */
  | { readonly kind: 'filtered'; readonly route: Resource }
  | { readonly kind: 'open'; readonly route: Resource }
  | { readonly kind: 'unknown'; readonly route: Resource; readonly unknown: Unknown };

const targets = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'InstanceId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'VpcEndpointId',
] as const;

/**
 * Where a packet to the internet leaves a subnet (Amazon VPC User Guide, "Route tables"). A NAT
 * gateway only hands it on, by the routes of the subnet that it stands in.
 */
export function pathOut(resources: Resources, subnet: Resource): PathOut {
  return follow(resources, subnet, new Set());
}

const order: readonly PathOut['kind'][] = ['open', 'unknown', 'filtered', 'none'];

function follow(resources: Resources, subnet: Resource, seen: Set<Resource>): PathOut {
  if (seen.has(subnet)) return { kind: 'none' };
  seen.add(subnet);
  const ways = routeTablesOf(resources, subnet)
    .flatMap((table) => routesOf(resources, table))
    .map((route) => routeOut(resources, route, seen));
  const worst = order.map((kind) => ways.find((way) => way.kind === kind));
  return worst.find((way) => way !== undefined) ?? { kind: 'none' };
}

function routeOut(resources: Resources, route: Resource, seen: Set<Resource>): PathOut {
  const destination = at(route, 'DestinationCidrBlock') ?? at(route, 'DestinationIpv6CidrBlock');
  if (isUnknown(destination)) return { kind: 'unknown', route, unknown: destination };
  if (!isEverywhere(destination)) return { kind: 'none' };
  if (route.uncertain !== undefined) return { kind: 'unknown', route, unknown: route.uncertain };
  const [name, target] = targetOf(route);
  if (isUnknown(target)) return { kind: 'unknown', route, unknown: target };
  if (name === 'VpcEndpointId' && isFirewallEndpoint(target)) return { kind: 'filtered', route };
  if (name === 'NatGatewayId') return beyondNat(resources, route, target, seen);
  return name === undefined ? { kind: 'none' } : { kind: 'open', route };
}

function targetOf(route: Resource): readonly [string | undefined, Resolved] {
  const name = targets.find((target) => at(route, target) !== undefined);
  return [name, name === undefined ? undefined : at(route, name)];
}

function isFirewallEndpoint(target: Resolved): boolean {
  return typeof target === 'string' && target.startsWith('vpce-firewall-');
}

function beyondNat(
  resources: Resources,
  route: Resource,
  target: Resolved,
  seen: Set<Resource>,
): PathOut {
  const subnet = resources.find(at(resources.find(target) ?? route, 'SubnetId'));
  // A gateway or subnet from elsewhere: nothing here says that it does not lead out.
  if (subnet === undefined) return { kind: 'open', route };
  const further = follow(resources, subnet, seen);
  return further.kind === 'none' ? { kind: 'open', route } : { ...further };
}
