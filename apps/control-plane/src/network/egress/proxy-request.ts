import { isIP } from 'node:net';
import { parseAuthority } from './authority.ts';
import type { GateLimits, GateRequest, ReadGateRequest } from './gate-request.ts';
import { readFirst } from './read-first.ts';
import { judgeHead, type ReadNamed } from './read-named.ts';
import { gateRefusals } from './refusal.ts';
import { maximumHeadBytes, type RequestHead, writeRequestHead } from './request-head.ts';

const form = 'http';
const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Where a program that knows it speaks to a proxy wants to go (RFC 9110, section 9.3.6; RFC 9112, section 3.2.2). */
export const readProxyRequest: ReadGateRequest = async ({ socket }, limits, readNamed) => {
  const read = await readFirst(socket, judgeHead, {
    milliseconds: limits.headMilliseconds,
    bytes: maximumHeadBytes + 4,
  });
  if (read === undefined) return { refusal: gateRefusals.tooSlow, form };
  if (read.found.kind === 'invalid') return { refusal: gateRefusals.malformed, form };
  const { head } = read.found;
  const request = head.method === 'CONNECT' ? tunnelOf(head, limits, readNamed) : forwardOf(head);
  return request ?? { refusal: gateRefusals.malformed, form };
};

/** What goes through a tunnel is judged as what is sent straight to the port that it leads to. */
function tunnelOf(
  head: RequestHead,
  limits: GateLimits,
  readNamed: ReadNamed,
): GateRequest | undefined {
  const target = parseAuthority(head.target, 0);
  if (target === undefined) return undefined;
  const wanted = { ...target, isLiteral: isIP(target.name) !== 0 };
  return {
    ...{ ...target, form, first: head.rest },
    answerWhenReached(socket) {
      socket.write(established);
      return readNamed(socket, wanted, { ...limits, start: head.rest });
    },
  };
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
