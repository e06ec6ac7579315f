import type { Socket } from 'node:net';
import { parseAuthority } from './authority.ts';
import { readServerName } from './client-hello.ts';
import type { FirstBytesRead } from './gate-request.ts';
import { readFirst } from './read-first.ts';
import { gateRefusals, type RefusalForm } from './refusal.ts';
import { maximumHeadBytes, readRequestHead, writeRequestHead } from './request-head.ts';

const httpPorts: ReadonlySet<number> = new Set([80, 8080]);
const tlsPorts: ReadonlySet<number> = new Set([443, 8443]);
const maximumHelloBytes = 20 * 1024;

/** The protocol that is due on a port, and how a refusal is worded there. */
export function formOfPort(port: number): RefusalForm {
  if (httpPorts.has(port)) return 'http';
  return tlsPorts.has(port) ? 'tls' : 'none';
}

interface Wanted {
  readonly name: string;
  readonly port: number;
  /** An address and no name: then TLS need not name a server. */
  readonly isLiteral: boolean;
}

export type ReadNamed = (
  socket: Socket,
  wanted: Wanted,
  limits: { readonly headMilliseconds: number; readonly start?: Buffer },
) => Promise<FirstBytesRead>;

/**
 * The first bytes, where they name the server that the connection leads to: neither a lying server
 * name nor a lying Host header gets any further. The same on every way through the gate.
 */
export const readNamed: ReadNamed = async (socket, wanted, limits) => {
  const start = limits.start ?? Buffer.alloc(0);
  switch (formOfPort(wanted.port)) {
    case 'tls':
      return readTls(socket, wanted, { milliseconds: limits.headMilliseconds, start });
    case 'http':
      return readHttp(socket, wanted, { milliseconds: limits.headMilliseconds, start });
    case 'none':
      // Here the server may speak first, so there is nothing to wait for.
      return { first: start };
  }
};

interface ReadLimits {
  readonly milliseconds: number;
  readonly start: Buffer;
}

async function readTls(
  socket: Socket,
  { name, isLiteral }: Wanted,
  limits: ReadLimits,
): Promise<FirstBytesRead> {
  const form = 'tls';
  const hello = await readFirst(socket, judgeHello, { ...limits, bytes: maximumHelloBytes });
  if (hello === undefined) return { refusal: gateRefusals.tooSlow, form };
  const { found, bytes } = hello;
  if (found.kind === 'invalid') return { refusal: gateRefusals.malformed, form };
  if (found.kind === 'none' && !isLiteral) return { refusal: gateRefusals.noServerName, form };
  if (found.kind === 'name' && found.name !== name) {
    return { refusal: gateRefusals.nameMismatch, form, name: found.name };
  }
  return { first: bytes };
}

function judgeHello(bytes: Buffer) {
  const read = readServerName(bytes);
  return read.kind === 'more' ? undefined : read;
}

async function readHttp(
  socket: Socket,
  { name, port }: Wanted,
  limits: ReadLimits,
): Promise<FirstBytesRead> {
  const form = 'http';
  const read = await readFirst(socket, judgeHead, { ...limits, bytes: maximumHeadBytes + 4 });
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
  return { first: Buffer.concat([writeRequestHead(head, head.target), head.rest]) };
}

export function judgeHead(bytes: Buffer) {
  const read = readRequestHead(bytes);
  return read.kind === 'more' ? undefined : read;
}
