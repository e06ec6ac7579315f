// @ts-check
/**
 * Serves `dist/` as the gateway does (page, compressed files, security headers) and passes the rest
 * on to a Jupyter server, so that Lab can be worked on without the control plane:
 *
 *   node apps/lab/scripts/dev-server.mjs [--port 8090] [--language ko] --agent /path/to/agent.sock
 *   node apps/lab/scripts/dev-server.mjs --jupyter http://127.0.0.1:8888   (a stock Jupyter server)
 */
import { createServer, request as sendRequest } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { serveLabApi } from './lab-api-in-memory.mjs';
import { serveStatic } from './serve-static.mjs';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    language: { type: 'string', default: 'en' },
    agent: { type: 'string' },
    jupyter: { type: 'string' },
  },
});
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const backend = values.agent
  ? { socketPath: values.agent }
  : readAddress(values.jupyter ?? 'http://127.0.0.1:8888');
const port = Number(values.port);

const studio = {
  profileName: 'alice',
  displayName: 'Alice Kim',
  domainName: 'development',
  consoleUrl: 'http://console.localhost:8080',
  language: values.language,
};

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self' ws://localhost:${port}`,
  "frame-src 'self' blob: data:",
  "object-src 'self' blob:",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

const server = createServer((request, response) => {
  response.setHeader('content-security-policy', contentSecurityPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/') return void response.writeHead(302, { location: '/lab' }).end();
  if (path === '/strongroom/api/studio') return sendJson(response, studio);
  if (serveStatic({ dist, path, request, response, language: values.language })) return;
  if (!values.agent && serveLabApi({ dist, path, request, response, language: values.language })) {
    return;
  }
  passOn(request, response);
});

const silentEvents = new WebSocketServer({ noServer: true });

server.on('upgrade', (request, socket, head) => {
  if (!values.agent && request.url?.startsWith('/api/events/')) {
    return void silentEvents.handleUpgrade(request, socket, head, () => undefined);
  }
  const upstream = connect('socketPath' in backend ? { path: backend.socketPath } : backend);
  upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${headerLines(request)}\r\n\r\n`);
  upstream.write(head);
  upstream.pipe(socket).pipe(upstream);
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
});

server.listen(port, '127.0.0.1', () => console.log(`Lab: http://localhost:${port}/lab`));

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
function passOn(request, response) {
  const upstream = sendRequest(
    { ...backend, path: request.url, method: request.method, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutPolicy(answer.headers));
      answer.pipe(response);
    },
  );
  upstream.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end(String(error));
  });
  request.pipe(upstream);
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
function withoutPolicy(headers) {
  const { 'content-security-policy': _, ...others } = headers;
  return others;
}

/** @param {IncomingMessage} request */
function headerLines({ rawHeaders }) {
  const lines = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return lines.join('\r\n');
}

/**
 * @param {ServerResponse} response
 * @param {unknown} body
 */
function sendJson(response, body) {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

/** @param {string} url */
function readAddress(url) {
  const { hostname, port: backendPort } = new URL(url);
  return { host: hostname, port: Number(backendPort) };
}
