import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

export interface AddressRules {
  /** `10.1.0.0/16` and the like, which the domain file opens on purpose. */
  readonly allowedPrivateAddresses: readonly string[];
  /** This machine's own. Asked anew each time: interfaces come and go. */
  readonly ownAddresses: () => readonly string[];
}

/**
 * What no domain file opens: link-local addresses, where clouds keep their machines' secrets, and
 * those elsewhere that do the same: Azure's wire server, Alibaba's and AWS's and Google's metadata.
 */
const neverReached = [
  ipaddr.IPv4.parseCIDR('169.254.0.0/16'),
  ipaddr.IPv6.parseCIDR('fe80::/10'),
  ipaddr.IPv4.parseCIDR('168.63.129.16/32'),
  ipaddr.IPv4.parseCIDR('100.100.100.200/32'),
  ipaddr.IPv6.parseCIDR('fd00:ec2::/32'),
  ipaddr.IPv6.parseCIDR('fd20:ce::254/128'),
];

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
 *
 * A network that the domain file opens holds this machine too, with the control plane's own ports on
 * it: its own addresses stay closed. Loopback is open only address by address, never as a network.
 */
export function isReachableAddress(text: string, rules: AddressRules): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (neverReached.some((network) => isWithin(address, network))) return false;
  const opened = rules.allowedPrivateAddresses.map((network) => ipaddr.parseCIDR(network));
  if (address.range() === 'loopback') return opened.some((each) => isExactly(address, each));
  const own = rules.ownAddresses();
  if (own.some((each) => ipaddr.process(each).toString() === address.toString())) return false;
  if (opened.some((network) => isWithin(address, network))) return true;
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv6 && translated.some((prefix) => address.match(prefix))) {
    return false;
  }
  return true;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function isWithin(address: Address, [base, prefixLength]: [Address, number]): boolean {
  return base.kind() === address.kind() && address.match(base, prefixLength);
}

function isExactly(address: Address, [base, prefixLength]: [Address, number]): boolean {
  const wholeLength = base.kind() === 'ipv4' ? 32 : 128;
  return prefixLength === wholeLength && isWithin(address, [base, prefixLength]);
}

export function listOwnAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries = []) =>
    entries.map(({ address }) => address.split('%', 1)[0] ?? address),
  );
}
