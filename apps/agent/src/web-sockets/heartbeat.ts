import type { WebSocket, WebSocketServer } from 'ws';

const pingMilliseconds = 30_000;

/**
 * Ends WebSockets whose client has gone without a word (a closed laptop): TCP alone would keep them
 * for hours, and a terminal would wait for a page that never reads again. Stop it with
 * `clearInterval`.
 */
export function startHeartbeat(server: WebSocketServer): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>();
  server.on('connection', (webSocket: WebSocket) => {
    webSocket.on('pong', () => silent.delete(webSocket));
  });
  const timer = setInterval(() => {
    for (const webSocket of server.clients) {
      // While it is not read, its answer cannot be heard either.
      if (webSocket.isPaused) continue;
      if (silent.has(webSocket)) {
        webSocket.terminate();
        continue;
      }
      silent.add(webSocket);
      webSocket.ping();
    }
  }, pingMilliseconds);
  return timer.unref();
}
