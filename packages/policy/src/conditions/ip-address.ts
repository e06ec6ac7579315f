/** Groups of 16 bits: two for IPv4, eight for IPv6. */
export type IpGroups = readonly number[];

export interface IpNetwork {
  readonly groups: IpGroups;
  readonly prefixBits: number;
}

const ipv4Groups = 2;
const ipv6Groups = 8;
const mappedPrefixBits = 96;
/** No leading zeros: some readers take `010` for eight. */
const octetPattern = /^(?:0|[1-9]\d{0,2})$/;
const groupPattern = /^[0-9a-fA-F]{1,4}$/;
const prefixPattern = /^(?:0|[1-9]\d{0,2})$/;

/** An IPv4 address inside IPv6 (`::ffff:10.0.0.1`) is the IPv4 address: sockets report it so. */
export function readAddress(text: string): IpGroups | undefined {
  const groups = text.includes(':') ? readIpv6(text) : readIpv4(text);
  return groups !== undefined && isMapped(groups) ? groups.slice(ipv6Groups - ipv4Groups) : groups;
}

/** An address without prefix is that one address. */
export function readNetwork(text: string): IpNetwork | undefined {
  const [address = '', prefix, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const written = address.includes(':') ? readIpv6(address) : readIpv4(address);
  if (written === undefined) return undefined;
  const bits = written.length * 16;
  if (prefix !== undefined && !prefixPattern.test(prefix)) return undefined;
  const prefixBits = prefix === undefined ? bits : Number(prefix);
  if (prefixBits > bits) return undefined;
  if (!isMapped(written) || prefixBits < mappedPrefixBits) return { groups: written, prefixBits };
  return {
    groups: written.slice(ipv6Groups - ipv4Groups),
    prefixBits: prefixBits - mappedPrefixBits,
  };
}

function readIpv4(text: string): IpGroups | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => octetPattern.test(octet))) return undefined;
  const [first = 0, second = 0, third = 0, fourth = 0] = octets.map(Number);
  if (Math.max(first, second, third, fourth) > 255) return undefined;
  return [first * 256 + second, third * 256 + fourth];
}

function readIpv6(text: string): IpGroups | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = readGroups(head);
  const after = readGroups(tail ?? '');
  if (before === undefined || after === undefined) return undefined;
  const missing = ipv6Groups - before.length - after.length;
  if (tail === undefined) return missing === 0 ? before : undefined;
  if (missing < 1) return undefined;
  return [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Groups of hexadecimal digits; the last may be an IPv4 address. */
function readGroups(text: string): IpGroups | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const embedded = last.includes('.') ? readIpv4(last) : [];
  if (embedded === undefined) return undefined;
  const hexadecimal = embedded.length > 0 ? parts.slice(0, -1) : parts;
  if (!hexadecimal.every((part) => groupPattern.test(part))) return undefined;
  return [...hexadecimal.map((part) => Number.parseInt(part, 16)), ...embedded];
}

function isMapped(groups: IpGroups): boolean {
  return (
    groups.length === ipv6Groups &&
    groups.slice(0, 5).every((group) => group === 0) &&
    groups[5] === 0xffff
  );
}
