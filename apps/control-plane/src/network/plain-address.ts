/** An IPv4 address that a dual-stack socket writes as IPv6 (RFC 4291, section 2.5.5.2), as itself. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
