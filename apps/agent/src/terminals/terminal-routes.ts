import { type WebSocket, WebSocketServer } from 'ws';
import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendJson, sendNoContent } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';
import { refuseUpgrade } from '../http/server.ts';
import { findWorkingDirectory } from '../kernels/working-directory.ts';
import { startHeartbeat } from '../web-sockets/heartbeat.ts';
import type { Terminals } from './terminals.ts';

/** What one paste may hold. */
const maximumMessageBytes = 16 * 1024 * 1024;

/** `/api/terminals` of the Jupyter server API and `WS /terminals/websocket/<name>`. */
export function registerTerminals(
  router: Router,
  { terminals, homeFolder }: { terminals: Terminals; homeFolder: string },
): { close(): void } {
  router.on('GET', '/api/terminals', async (exchange) => {
    await sendJson(
      exchange,
      200,
      terminals.list().map((terminal) => terminal.toModel()),
    );
  });
  router.on('POST', '/api/terminals', async (exchange) => {
    const { name, cwd } = await readJsonObject(exchange.request);
    const terminal = await terminals.open({
      name: readName(name),
      workingDirectory: await findWorkingDirectory(homeFolder, typeof cwd === 'string' ? cwd : ''),
    });
    await sendJson(exchange, 200, terminal.toModel());
  });
  router.on('GET', '/api/terminals/:name', async (exchange) => {
    await sendJson(exchange, 200, terminals.require(nameOf(exchange)).toModel());
  });
  router.on('DELETE', '/api/terminals/:name', async (exchange) => {
    await terminals.require(nameOf(exchange)).close();
    sendNoContent(exchange);
  });

  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
  });
  const heartbeat = startHeartbeat(server);
  router.onUpgrade('/terminals/websocket/:name', ({ request, socket, head, parameters }) => {
    const terminal = terminals.find(parameters.name ?? '');
    if (terminal === undefined) {
      refuseUpgrade(socket, '404 Not Found');
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      server.emit('connection', webSocket, request);
      terminal.attach(webSocket);
    });
  });
  return {
    close() {
      clearInterval(heartbeat);
      server.close();
    },
  };
}

function nameOf({ parameters }: Exchange): string {
  return parameters.name ?? '';
}

function readName(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) return value;
  throw new AgentError('InvalidRequest', 'The name of a terminal is letters, digits, "_" and "-"');
}
