import { createHash } from 'node:crypto';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { StrongroomError } from '@strongroom/contracts';
import { type AgentConnection, explainAgentError } from './agent-connection.ts';
import { nothingHere } from './refusal.ts';
import { agentUpgradeHeaders } from './request-headers.ts';

export interface PassWebSocketOptions {
  readonly request: IncomingMessage;
  /** The browser's end. */
  readonly socket: Duplex;
  /** What the browser sent after its handshake. */
  readonly head: Buffer;
  readonly connection: AgentConnection;
  readonly target: string;
  /** Of this origin, on the answer to the handshake. */
  readonly headers: Readonly<Record<string, string>>;
  readonly handshakeMilliseconds: number;
  /** The person sent something (and not the browser by itself). */
  onActivity(): void;
}

const maximumAgentHeaderBytes = 16 * 1024;
/** RFC 6455, section 1.3. */
const webSocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** A control frame carries at most 125 bytes (RFC 6455, section 5.5), masked with 4, after 2. */
const longestControlFrameBytes = 131;
const halfClosedMilliseconds = 5_000;

/** RFC 6455, section 4.2.1. */
export function isWebSocketHandshake({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[A-Za-z0-9+/]{22}==$/.test(headers['sec-websocket-key'] ?? '')
  );
}

/**
 * Opens the agent's WebSocket and joins the two ends. Frames pass unread in both directions.
 *
 * @throws {StrongroomError} `StudioStopped` where the agent takes no WebSocket there
 */
export async function passWebSocket(options: PassWebSocketOptions): Promise<void> {
  const { request, socket, head, connection } = options;
  const { answer, agentHead } = await shakeHands(options);
  socket.write(handshakeAnswer(request, answer, options.headers));
  joinSockets(options);
  if (agentHead.length > 0) socket.write(agentHead);
  if (head.length > 0) connection.socket.write(head);
}

function shakeHands(
  options: PassWebSocketOptions,
): Promise<{ answer: IncomingMessage; agentHead: Buffer }> {
  const { request, connection, target, handshakeMilliseconds } = options;
  return new Promise((resolve, reject) => {
    const fail = (error: StrongroomError) => {
      clearTimeout(timer);
      connection.close();
      reject(error);
    };
    const refuse = (how: string) =>
      fail(new StrongroomError('StudioStopped', `The studio's server ${how}`));
    const timer = setTimeout(() => refuse('did not answer in time'), handshakeMilliseconds);
    const upstream = sendRequest({
      method: 'GET',
      path: target,
      headers: agentUpgradeHeaders(request),
      createConnection: () => connection.socket,
      maxHeaderSize: maximumAgentHeaderBytes,
      insecureHTTPParser: false,
    });
    upstream.on('error', (error) => fail(explainAgentError(error)));
    upstream.once('response', ({ statusCode }) => {
      if (statusCode === 404) fail(nothingHere());
      else refuse(`refused the connection (status ${statusCode})`);
    });
    upstream.once('upgrade', (answer, _socket, agentHead) => {
      clearTimeout(timer);
      if (isAnswerTo(request, answer)) resolve({ answer, agentHead });
      else refuse('answered with something that is not a WebSocket');
    });
    upstream.end();
  });
}

/** RFC 6455, section 4.1: the client's checks, made here because the agent is not trusted. */
function isAnswerTo(request: IncomingMessage, answer: IncomingMessage): boolean {
  const key = request.headers['sec-websocket-key'] ?? '';
  const expected = createHash('sha1').update(`${key}${webSocketGuid}`).digest('base64');
  const protocol = answer.headers['sec-websocket-protocol'];
  return (
    answer.statusCode === 101 &&
    answer.headers.upgrade?.toLowerCase() === 'websocket' &&
    answer.headers['sec-websocket-accept'] === expected &&
    (protocol === undefined || offeredProtocols(request).includes(protocol)) &&
    /^[\x20-\x7e]*$/.test(answer.headers['sec-websocket-extensions'] ?? '')
  );
}

function offeredProtocols({ headers }: IncomingMessage): string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
}

function handshakeAnswer(
  request: IncomingMessage,
  { headers }: IncomingMessage,
  ownHeaders: Readonly<Record<string, string>>,
): string {
  const isExtensionOffered = request.headers['sec-websocket-extensions'] !== undefined;
  const passed = {
    'sec-websocket-accept': headers['sec-websocket-accept'],
    'sec-websocket-protocol': headers['sec-websocket-protocol'],
    'sec-websocket-extensions': isExtensionOffered
      ? headers['sec-websocket-extensions']
      : undefined,
  };
  const lines = Object.entries({
    upgrade: 'websocket',
    connection: 'Upgrade',
    ...ownHeaders,
    ...passed,
  })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Until either end is gone; then the other goes too. */
function joinSockets({ socket, connection, onActivity }: PassWebSocketOptions): void {
  const agent = connection.socket;
  agent.setNoDelay(true);
  agent.setTimeout(0);
  socket.pipe(agent);
  agent.pipe(socket);
  socket.on('data', (chunk: Buffer) => {
    if (!isControlFrame(chunk)) onActivity();
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => agent.destroy());
  agent.once('close', () => socket.destroy());
  for (const end of [socket, agent]) {
    end.once('end', () => {
      const timer = setTimeout(() => {
        socket.destroy();
        agent.destroy();
      }, halfClosedMilliseconds);
      socket.once('close', () => clearTimeout(timer));
    });
  }
}

/** The browser answers pings by itself: that is nobody's work. Opcodes from 8 up are control frames. */
function isControlFrame(chunk: Buffer): boolean {
  return chunk.length <= longestControlFrameBytes && ((chunk[0] ?? 0) & 0x0f) >= 8;
}
