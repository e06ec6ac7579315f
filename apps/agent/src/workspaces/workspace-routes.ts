import { AgentError } from '../http/agent-error.ts';
import { apiPathOf } from '../http/api-path.ts';
import { readBody, sendJson, sendNoContent } from '../http/json.ts';
import type { Router } from '../http/router.ts';
import { parseWorkspace, type Workspace, WorkspaceStore } from './workspace-store.ts';

const prefix = '/lab/api/workspaces';
const maximumWorkspaceBytes = 8 * 1024 * 1024;

/** `/lab/api/workspaces` (JupyterLab server's workspaces API). An id may begin with a slash. */
export function registerWorkspaces(router: Router, homeFolder: string): void {
  const store = new WorkspaceStore(homeFolder);
  router.on('GET', prefix, async (exchange) => {
    const values = await store.list();
    const ids = values.map(({ metadata }) => metadata.id);
    await sendJson(exchange, 200, { workspaces: { ids, values } });
  });
  router.on('GET', `${prefix}/*`, async (exchange) => {
    await sendJson(exchange, 200, await store.find(apiPathOf(exchange, prefix)));
  });
  router.on('PUT', `${prefix}/*`, async (exchange) => {
    const id = apiPathOf(exchange, prefix);
    const body = await readBody(exchange.request, maximumWorkspaceBytes);
    await store.save(id, readWorkspace(body, id));
    sendNoContent(exchange);
  });
  router.on('DELETE', `${prefix}/*`, async (exchange) => {
    const id = apiPathOf(exchange, prefix);
    if (!(await store.delete(id))) throw new AgentError('NotFound', `No such workspace: "${id}"`);
    sendNoContent(exchange);
  });
}

function readWorkspace(body: Buffer, id: string): Workspace {
  const workspace = parse(body);
  // Lab sends its ids percent-encoded or not, with or without the leading slash.
  const ids = [workspace.metadata.id, decode(workspace.metadata.id)];
  if (!ids.some((candidate) => candidate.replace(/^\/+|\/+$/g, '') === id)) {
    throw new AgentError(
      'InvalidRequest',
      `The workspace's id "${workspace.metadata.id}" is not the address's "${id}"`,
    );
  }
  return workspace;
}

function parse(body: Buffer): Workspace {
  try {
    return parseWorkspace(body.toString('utf8'));
  } catch (cause) {
    const state = cause instanceof Error ? cause.message : String(cause);
    throw new AgentError('InvalidRequest', `Cannot save the workspace: ${state}`, { cause });
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
