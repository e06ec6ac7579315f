import { posix } from 'node:path';
import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { sendJson } from '../http/json.ts';
import type { Router } from '../http/router.ts';

/**
 * `GET /api/resolvePath?path=`: which file of the contents API a path in an output means (a
 * traceback's link, for example). Kernels share the home, so one scope answers for both.
 */
export function registerPathResolution(router: Router, home: HomeFolder): void {
  router.on('GET', '/api/resolvePath', async (exchange) => {
    const asked = exchange.url.searchParams.get('path');
    if (asked === null) throw new AgentError('InvalidRequest', 'The query must have a "path"');
    const apiPath = toApiPath(home, asked);
    const found = apiPath !== undefined && (await exists(home, apiPath));
    await sendJson(exchange, 200, { resolved: found ? [{ scope: 'server', path: apiPath }] : [] });
  });
}

function toApiPath(home: HomeFolder, asked: string): string | undefined {
  const expanded = asked === '~' || asked.startsWith('~/') ? home.root + asked.slice(1) : asked;
  const path = posix.resolve(home.root, expanded);
  if (path === home.root) return '';
  return path.startsWith(`${home.root}/`) ? path.slice(home.root.length + 1) : undefined;
}

async function exists(home: HomeFolder, apiPath: string): Promise<boolean> {
  return await home.resolve(apiPath).then(
    () => true,
    () => false,
  );
}
