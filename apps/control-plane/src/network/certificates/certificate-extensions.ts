import { createHash, type KeyObject } from 'node:crypto';
import { der } from './der.ts';

/** The extensions of RFC 5280, section 4.2, that our certificates carry. */
export const extensions = {
  certificateAuthority: () =>
    // No authority below this one: a path length of 0.
    extension('2.5.29.19', true, der.sequence(der.boolean(true), der.integer(Buffer.from([0])))),
  endEntity: () => extension('2.5.29.19', true, der.sequence()),
  /** keyCertSign and cRLSign. */
  mayIssue: () => extension('2.5.29.15', true, der.bits(Buffer.from([0b0000_0110]), 1)),
  /** digitalSignature: all that TLS with an elliptic curve needs. */
  maySign: () => extension('2.5.29.15', true, der.bits(Buffer.from([0b1000_0000]), 7)),
  servesTls: () =>
    extension('2.5.29.37', false, der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.3.1'))),
  subjectKey: (publicKey: KeyObject) =>
    extension('2.5.29.14', false, der.octets(keyIdentifier(publicKey))),
  authorityKey: (publicKey: KeyObject) =>
    extension('2.5.29.35', false, der.sequence(der.tagged(0x80, keyIdentifier(publicKey)))),
  hostNames: (names: readonly string[]) =>
    extension('2.5.29.17', false, der.sequence(...names.map(dnsName))),
  onlyFor,
} as const;

/**
 * Name constraints (RFC 5280, 4.2.1.10): these DNS names and those below them, and no IP address. A
 * kind of name that is not mentioned would be unconstrained.
 */
function onlyFor(suffixes: readonly string[]): Buffer {
  const permitted = suffixes.map((suffix) => der.sequence(dnsName(suffix)));
  const everyIpv4 = der.tagged(0x87, Buffer.alloc(8));
  const everyIpv6 = der.tagged(0x87, Buffer.alloc(32));
  const excluded = [der.sequence(everyIpv4), der.sequence(everyIpv6)];
  const constraints = der.sequence(der.tagged(0xa0, ...permitted), der.tagged(0xa1, ...excluded));
  return extension('2.5.29.30', true, constraints);
}

function extension(identifier: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(identifier), ...critical, der.octets(value));
}

function dnsName(name: string): Buffer {
  return der.tagged(0x82, Buffer.from(name, 'ascii'));
}

/** RFC 7093, section 2, method 1: the first 160 bits of the key's SHA-256. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const subjectPublicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  // Of P-256 the key itself is the last 65 bytes: 4, x, y (RFC 5480, section 2.2).
  return createHash('sha256').update(subjectPublicKeyInfo.subarray(-65)).digest().subarray(0, 20);
}
