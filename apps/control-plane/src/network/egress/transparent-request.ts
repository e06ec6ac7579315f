import type { StudioConnection } from '../studio-connection.ts';
import { parseAuthority } from './authority.ts';
import { readServerName } from './client-hello.ts';
import type { GateRequest, ReadGateRequest } from './egress-gate.ts';
import { readFirst } from './read-first.ts';
import { type GateRefusal, gateRefusals, type RefusalForm } from './refusal.ts';
import { maximumHeadBytes, readRequestHead, writeRequestHead } from './request-head.ts';

const httpPorts: ReadonlySet<number> = new Set([80, 8080]);
const tlsPorts: ReadonlySet<number> = new Set([443, 8443]);
export const maximumHelloBytes = 20 * 1024;

/** How a refusal is worded before anything is read. */
export function formOfPort({
  destinationPort,
}: Pick<StudioConnection, 'destinationPort'>): RefusalForm {
  if (httpPorts.has(destinationPort)) return 'http';
  return tlsPorts.has(destinationPort) ? 'tls' : 'none';
}

/**
 * Where a connection that was made straight to an address wants to go. The address says it: our own
 * resolver gave it for one name. What the connection itself names must be the same, so that neither
 * a lying server name nor a lying Host header leads anywhere else.
 */
export const readTransparentRequest: ReadGateRequest = async (connection, limits) => {
  const { destinationAddress, destinationPort: port, resolvedName } = connection;
  const form = formOfPort(connection);
  // An address that was never given for a name is a name of its own, which only `open` allows.
  const name = resolvedName ?? destinationAddress;
  const wanted = { name, isLiteral: resolvedName === undefined, port };
  switch (form) {
    case 'tls':
      return readTls(connection, wanted, limits.headMilliseconds);
    case 'http':
      return readHttp(connection, wanted, limits.headMilliseconds);
    case 'none':
      // Here the server may speak first, so there is nothing to wait for.
      return { name, port, form, first: Buffer.alloc(0) };
  }
};

interface Wanted {
  readonly name: string;
  readonly isLiteral: boolean;
  readonly port: number;
}

async function readTls(
  { socket }: StudioConnection,
  { name, isLiteral, port }: Wanted,
  milliseconds: number,
): Promise<GateRequest | { refusal: GateRefusal; form: RefusalForm; name?: string }> {
  const form = 'tls';
  const hello = await readFirst(socket, judgeHello, { milliseconds, bytes: maximumHelloBytes });
  if (hello === undefined) return { refusal: gateRefusals.tooSlow, form };
  const { found, bytes } = hello;
  if (found.kind === 'invalid') return { refusal: gateRefusals.malformed, form };
  if (found.kind === 'none' && !isLiteral) return { refusal: gateRefusals.noServerName, form };
  if (found.kind === 'name' && found.name !== name) {
    return { refusal: gateRefusals.nameMismatch, form, name: found.name };
  }
  return { name, port, form, first: bytes };
}

export function judgeHello(bytes: Buffer) {
  const read = readServerName(bytes);
  return read.kind === 'more' ? undefined : read;
}

async function readHttp(
  { socket }: StudioConnection,
  { name, port }: Wanted,
  milliseconds: number,
): Promise<GateRequest | { refusal: GateRefusal; form: RefusalForm; name?: string }> {
  const form = 'http';
  const read = await readFirst(socket, judgeHead, { milliseconds, bytes: maximumHeadBytes + 4 });
  if (read === undefined) return { refusal: gateRefusals.tooSlow, form };
  if (read.found.kind === 'invalid') return { refusal: gateRefusals.malformed, form };
  const { head } = read.found;
  const host = head.host === undefined ? undefined : parseAuthority(head.host, 80);
  if (host === undefined || !head.target.startsWith('/')) {
    return { refusal: gateRefusals.malformed, form };
  }
  if (host.name !== name || host.port !== port) {
    return { refusal: gateRefusals.nameMismatch, form, name: host.name };
  }
  const first = Buffer.concat([writeRequestHead(head, head.target), head.rest]);
  return { name, port, form, first };
}

export function judgeHead(bytes: Buffer) {
  const read = readRequestHead(bytes);
  return read.kind === 'more' ? undefined : read;
}
