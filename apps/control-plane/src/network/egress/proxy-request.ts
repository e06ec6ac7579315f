import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { type Authority, parseAuthority } from './authority.ts';
import type { GateLimits, GateRequest, ReadGateRequest } from './egress-gate.ts';
import { readFirst } from './read-first.ts';
import { type GateRefusal, gateRefusals } from './refusal.ts';
import { maximumHeadBytes, type RequestHead, writeRequestHead } from './request-head.ts';
import { judgeHead, judgeHello, maximumHelloBytes } from './transparent-request.ts';

const form = 'http';
const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Where a program that knows it speaks to a proxy wants to go (RFC 9110, section 9.3.6; RFC 9112, section 3.2.2). */
export const readProxyRequest: ReadGateRequest = async ({ socket }, limits) => {
  const read = await readFirst(socket, judgeHead, {
    milliseconds: limits.headMilliseconds,
    bytes: maximumHeadBytes + 4,
  });
  if (read === undefined) return { refusal: gateRefusals.tooSlow, form };
  if (read.found.kind === 'invalid') return { refusal: gateRefusals.malformed, form };
  const { head } = read.found;
  const request = head.method === 'CONNECT' ? tunnelOf(head, limits) : forwardOf(head);
  return request ?? { refusal: gateRefusals.malformed, form };
};

function tunnelOf(head: RequestHead, limits: GateLimits): GateRequest | undefined {
  const target = parseAuthority(head.target, 0);
  if (target === undefined) return undefined;
  const { name, port } = target;
  return {
    ...{ name, port, form, first: head.rest },
    answerWhenReached(socket) {
      socket.write(established);
      return port === 443 ? readTunnelledHello(socket, head.rest, target, limits) : keep(head.rest);
    },
  };
}

async function keep(bytes: Buffer): Promise<Buffer> {
  return bytes;
}

/** What goes through a tunnel to port 443 is TLS and names the server that the tunnel leads to. */
async function readTunnelledHello(
  socket: Socket,
  start: Buffer,
  { name }: Authority,
  { headMilliseconds }: GateLimits,
): Promise<Buffer | GateRefusal> {
  const limits = { milliseconds: headMilliseconds, bytes: maximumHelloBytes, start };
  const hello = await readFirst(socket, judgeHello, limits);
  if (hello === undefined) return gateRefusals.tooSlow;
  switch (hello.found.kind) {
    case 'invalid':
      return gateRefusals.malformed;
    case 'none':
      return isIP(name) === 0 ? gateRefusals.noServerName : hello.bytes;
    case 'name':
      return hello.found.name === name ? hello.bytes : gateRefusals.nameMismatch;
  }
}

const absoluteForm = /^http:\/\/([^/?#]+)(\/[^#]*|\?[^#]*)?$/i;

function forwardOf(head: RequestHead): GateRequest | undefined {
  const [, authorityText = '', path = '/'] = absoluteForm.exec(head.target) ?? [];
  const authority = parseAuthority(authorityText, 80);
  if (authority === undefined || head.host === undefined) return undefined;
  const host = parseAuthority(head.host, 80);
  if (host?.name !== authority.name || host.port !== authority.port) return undefined;
  const target = path.startsWith('/') ? path : `/${path}`;
  const first = Buffer.concat([writeRequestHead(head, target), head.rest]);
  return { ...authority, form, first };
}
