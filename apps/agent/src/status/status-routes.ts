import { sendJson } from '../http/json.ts';
import type { Router } from '../http/router.ts';

/** The version of Jupyter server whose REST API this is. */
const apiVersion = '2.17.0';

export interface StatusSource {
  kernelCount(): number;
  connectionCount(): number;
}

/** `GET /api` and `GET /api/status`. */
export function registerStatus(
  router: Router,
  options: { source: StatusSource; now?: () => Date },
): void {
  const now = options.now ?? (() => new Date());
  const startedAt = now();
  let lastActivityAt = startedAt;
  router.on('GET', '/api', async (exchange) => {
    await sendJson(exchange, 200, { version: apiVersion });
  });
  router.on('GET', '/api/status', async (exchange) => {
    const { source } = options;
    if (source.kernelCount() > 0 || source.connectionCount() > 0) lastActivityAt = now();
    await sendJson(exchange, 200, {
      started: startedAt.toISOString(),
      last_activity: lastActivityAt.toISOString(),
      kernels: source.kernelCount(),
      connections: source.connectionCount(),
    });
  });
}
