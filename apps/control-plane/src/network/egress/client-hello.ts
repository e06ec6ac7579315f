/** What the first bytes of a connection say, as far as they are there. */
export type ServerName =
  | { readonly kind: 'more' }
  /** Not a TLS handshake, or one that breaks the rules. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'none' }
  /** In lower case. */
  | { readonly kind: 'name'; readonly name: string };

const more = { kind: 'more' } as const;
const invalid = { kind: 'invalid' } as const;

const handshakeRecord = 22;
const clientHelloMessage = 1;
const serverNameExtension = 0;
const hostNameType = 0;
/** RFC 8446, section 5.1: no plaintext fragment is longer. */
const maximumFragmentBytes = 2 ** 14;
/** A hello with post-quantum key shares has under four kilobytes. */
const maximumHelloBytes = 16 * 1024;
/** RFC 6066, section 3: a DNS host name in ASCII, without a final dot. */
const hostName =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The server name of a ClientHello (RFC 8446, section 4.1.2), without ending the TLS connection: its
 * content stays between the two ends. Several records and any cut between segments are put together.
 */
export function readServerName(bytes: Buffer): ServerName {
  const message = joinFragments(bytes);
  if (message === 'invalid') return invalid;
  if (message.length >= 1 && message[0] !== clientHelloMessage) return invalid;
  if (message.length < 4) return more;
  const length = message.readUIntBE(1, 3);
  if (length > maximumHelloBytes) return invalid;
  if (message.length < 4 + length) return more;
  try {
    return nameIn(message.subarray(4, 4 + length));
  } catch {
    return invalid;
  }
}

/** The handshake bytes of as many records as are there, whole or not. */
function joinFragments(bytes: Buffer): Buffer | 'invalid' {
  const fragments: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] !== handshakeRecord) return 'invalid';
    if (at + 2 <= bytes.length && at + 1 < bytes.length && bytes[at + 1] !== 3) return 'invalid';
    if (at + 5 > bytes.length) break;
    const length = bytes.readUInt16BE(at + 3);
    if (length === 0 || length > maximumFragmentBytes) return 'invalid';
    fragments.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return Buffer.concat(fragments);
}

/** Throws RangeError where a length points beyond the end. */
function nameIn(hello: Buffer): ServerName {
  let at = 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  if (at === hello.length) return { kind: 'none' };
  const end = at + 2 + hello.readUInt16BE(at);
  if (end !== hello.length) return invalid;
  at += 2;
  let found: ServerName = { kind: 'none' };
  while (at < end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    if (at + 4 + length > end) return invalid;
    if (type === serverNameExtension) {
      // Two would be two answers (RFC 8446, section 4.2).
      if (found.kind !== 'none') return invalid;
      found = readExtension(hello.subarray(at + 4, at + 4 + length));
    }
    at += 4 + length;
  }
  return found;
}

function readExtension(extension: Buffer): ServerName {
  const listLength = extension.readUInt16BE(0);
  const nameLength = extension.readUInt16BE(3);
  const isOneHostName =
    extension.readUInt8(2) === hostNameType &&
    listLength === extension.length - 2 &&
    nameLength === listLength - 3;
  if (!isOneHostName) return invalid;
  const name = extension.toString('latin1', 5).toLowerCase();
  return hostName.test(name) ? { kind: 'name', name } : invalid;
}
