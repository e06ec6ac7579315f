import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/**
 * INVARIANT: an allow-list. No cookie, no credential and no forwarded identity ever reaches the
 * agent, nor the host name: whatever runs there could keep them or believe them.
 */
const passedNames = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
] as const;

const webSocketNames = [
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
] as const;

const agentHost = 'studio';

export function agentRequestHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  const headers = pick(request, passedNames);
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  // Node's parser has refused a request that has both (RFC 9112, section 6.3).
  if (length !== undefined) headers['content-length'] = length;
  else if (encoding !== undefined) headers['transfer-encoding'] = 'chunked';
  return { ...headers, host: agentHost, connection: 'close' };
}

export function agentUpgradeHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  return {
    ...pick(request, webSocketNames),
    host: agentHost,
    connection: 'Upgrade',
    upgrade: 'websocket',
  };
}

function pick(request: IncomingMessage, names: readonly string[]): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const name of names) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
}
