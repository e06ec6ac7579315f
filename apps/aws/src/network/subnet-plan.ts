/** Where each subnet of the domain's network is, one list entry a zone. */
export interface SubnetPlan {
  /** Without a default route: studios and endpoints. */
  readonly isolated: readonly string[];
  /** Used where egress is on. */
  readonly firewall: readonly string[];
  readonly translation: readonly string[];
}

/** AWS: a network has from 16 to 65,536 addresses; smaller than this leaves studios too few. */
export const widestPrefix = 16;
export const narrowestPrefix = 22;
const smallestSubnetPrefix = 28;

/** The network in four quarters: one for each zone, and the last for what lets traffic out. */
export function planSubnets(cidr: string, zoneCount: number): SubnetPlan {
  const { start, prefix } = parseNetwork(cidr);
  const quarter = 2 ** (32 - prefix - 2);
  const small = 2 ** (32 - smallestSubnetPrefix);
  const last = start + 3 * quarter;
  const zones = Array.from({ length: zoneCount }, (_, zone) => zone);
  return {
    isolated: zones.map((zone) => `${formatAddress(start + zone * quarter)}/${prefix + 2}`),
    firewall: zones.map((zone) => `${formatAddress(last + zone * small)}/${smallestSubnetPrefix}`),
    translation: zones.map(
      (zone) => `${formatAddress(last + (zone + 8) * small)}/${smallestSubnetPrefix}`,
    ),
  };
}

export interface Network {
  /** The first address, as a number. */
  readonly start: number;
  readonly end: number;
  readonly prefix: number;
}

/** An IPv4 network in CIDR form; a schema has seen it before. */
export function parseNetwork(cidr: string): Network {
  const [address = '', length = '32'] = cidr.split('/');
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  const written = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const start = Math.floor(written / size) * size;
  return { start, end: start + size - 1, prefix };
}

export function overlaps(left: string, right: string): boolean {
  const [one, other] = [parseNetwork(left), parseNetwork(right)];
  return one.start <= other.end && other.start <= one.end;
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
