import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AgentError } from './agent-error.ts';
import { sendJson } from './json.ts';
import type { Router } from './router.ts';
import { explainSystemError, systemErrorCode } from './system-error.ts';

export type LogError = (message: string, error: unknown) => void;

/**
 * The agent's HTTP server. It authenticates nobody: whoever reaches its unix socket came through
 * the control plane's gateway, and no header about identity is read.
 */
export function createAgentServer(router: Router, logError: LogError = logToStderr): Server {
  const server = createServer((request, response) => {
    answer(router, request, response).catch((error: unknown) => {
      sendError(request, response, error, logError).catch((failure: unknown) => {
        logError('Cannot answer with an error', failure);
        response.destroy();
      });
    });
  });
  // A 1 GB upload over a slow line takes longer than Node's five minutes for a whole request.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 75_000;
  server.on('upgrade', (request, socket, head) => {
    upgrade(router, request, socket, head, logError);
  });
  return server;
}

async function answer(
  router: Router,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'no-store');
  const { path, url } = parseTarget(request);
  const match = router.find(request.method === 'HEAD' ? 'GET' : (request.method ?? ''), path);
  if (match === undefined) throw missingRoute(router, request.method ?? '', path);
  await match.handler({ request, response, parameters: match.parameters, url });
}

function missingRoute(router: Router, method: string, path: string): AgentError {
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (other) => router.find(other, path) !== undefined,
  );
  return others.length === 0
    ? new AgentError('NotFound', `No such page: "${path}"`)
    : new AgentError('MethodNotAllowed', `"${method}" is not possible here`);
}

/**
 * Routes match the path as it was sent: WHATWG URL parsing would fold `%2e%2e` away and turn a
 * refused path into another one.
 */
function parseTarget(request: IncomingMessage): { path: string; url: URL } {
  const target = request.url ?? '/';
  const path = target.split(/[?#]/, 1)[0] ?? '/';
  try {
    decodeURIComponent(path);
    return { path, url: new URL(target.replace(/^\/+/, '/'), 'http://studio') };
  } catch (cause) {
    throw new AgentError('InvalidPath', 'The address is not percent-encoded UTF-8', { cause });
  }
}

async function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  logError: LogError,
): Promise<void> {
  // The client went away: nobody is left to answer.
  if (response.destroyed || systemErrorCode(error) === 'ECONNRESET') return;
  const explained = explainSystemError(error, 'the file');
  const known = explained instanceof AgentError;
  if (!known || explained.code === 'Internal') {
    logError(`Cannot answer ${request.method} ${request.url}`, error);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of ['content-encoding', 'content-length', 'content-range', 'etag']) {
    response.removeHeader(name);
  }
  // What is left of a refused upload is not read: the connection ends with the answer.
  if (!request.complete) response.setHeader('connection', 'close');
  const status = known ? explained.status : 500;
  const message = known
    ? explained.message
    : 'The studio server failed. The details are in its log';
  const code = known ? explained.controlPlaneCode : undefined;
  await sendJson({ request, response }, status, {
    message,
    reason: known ? explained.code : null,
    ...(code !== undefined && { code }),
  });
}

function upgrade(
  router: Router,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  logError: LogError,
): void {
  socket.on('error', () => socket.destroy());
  try {
    const { path, url } = parseTarget(request);
    const match = router.findUpgrade(path);
    if (match === undefined) refuseUpgrade(socket, '404 Not Found');
    else match.handler({ request, socket, head, parameters: match.parameters, url });
  } catch (error) {
    if (!(error instanceof AgentError)) logError(`Cannot upgrade ${request.url}`, error);
    refuseUpgrade(
      socket,
      error instanceof AgentError ? `${error.status} Refused` : '500 Internal Server Error',
    );
  }
}

/** Ends an upgrade request with a plain status; a WebSocket client sees a failed handshake. */
export function refuseUpgrade(socket: Duplex, statusLine: string): void {
  socket.end(`HTTP/1.1 ${statusLine}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function logToStderr(message: string, error: unknown): void {
  console.error(
    JSON.stringify({
      level: 'error',
      message,
      error: String(error instanceof Error ? error.stack : error),
    }),
  );
}
