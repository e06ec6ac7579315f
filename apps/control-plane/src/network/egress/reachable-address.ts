import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

export interface AddressRules {
  /** `10.1.0.0/16` and the like, which the domain file opens on purpose. */
  readonly allowedPrivateAddresses: readonly string[];
  /** This machine's own. Asked anew each time: interfaces come and go. */
  readonly ownAddresses?: () => readonly string[];
}

/** Prefixes whose addresses carry another, IPv4 address in them. */
const translated = [
  /** RFC 6052, section 2.1, and RFC 8215. */
  ipaddr.IPv6.parseCIDR('64:ff9b::/96'),
  ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'),
  /** RFC 3056 (6to4), RFC 4380 (Teredo). */
  ipaddr.IPv6.parseCIDR('2002::/16'),
  ipaddr.IPv6.parseCIDR('2001::/32'),
  /** RFC 4291, section 2.5.5.1. */
  ipaddr.IPv6.parseCIDR('::/96'),
];

/**
 * Whether the gate may connect there: a public unicast address (IANA's special-purpose registries)
 * that is not one of this machine's own, or one that the domain file opens. Everything that the
 * control plane could reach and a studio must not is on the other side of this one question.
 */
export function isReachableAddress(text: string, rules: AddressRules): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (isIn(address, rules.allowedPrivateAddresses)) return true;
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv6 && translated.some((prefix) => address.match(prefix))) {
    return false;
  }
  const own = (rules.ownAddresses ?? ownAddresses)();
  return !own.some((each) => ipaddr.process(each).toString() === address.toString());
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly string[]): boolean {
  return networks.some((network) => {
    const [base, prefixLength] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, prefixLength);
  });
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries = []) =>
    entries.map(({ address }) => address.split('%', 1)[0] ?? address),
  );
}
