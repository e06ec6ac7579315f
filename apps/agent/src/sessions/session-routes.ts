import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendJson, sendNoContent } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';
import { readInstanceType } from '../kernels/instance-type.ts';
import type { KernelChoice, SessionChange, Sessions } from './sessions.ts';

/** `/api/sessions` of the Jupyter server API. */
export function registerSessions(router: Router, sessions: Sessions): void {
  router.on('GET', '/api/sessions', async (exchange) => {
    await sendJson(exchange, 200, sessions.list());
  });
  router.on('POST', '/api/sessions', async (exchange) => {
    const { path, type, ...others } = await readChange(exchange);
    if (path === undefined) throw new AgentError('InvalidRequest', 'A session needs a "path"');
    const model = await sessions.open({ path, type: type ?? 'notebook', ...others });
    await sendJson(exchange, 201, model, { location: `/api/sessions/${model.id}` });
  });
  router.on('GET', '/api/sessions/:sessionId', async (exchange) => {
    await sendJson(exchange, 200, sessions.get(idOf(exchange)));
  });
  router.on('PATCH', '/api/sessions/:sessionId', async (exchange) => {
    const change = await readChange(exchange);
    await sendJson(exchange, 200, await sessions.change(idOf(exchange), change));
  });
  router.on('DELETE', '/api/sessions/:sessionId', async (exchange) => {
    await sessions.remove(idOf(exchange));
    sendNoContent(exchange);
  });
}

function idOf({ parameters }: Exchange): string {
  return parameters.sessionId ?? '';
}

async function readChange({ request }: Exchange): Promise<SessionChange> {
  const body = await readJsonObject(request);
  const notebook = isObject(body.notebook) ? body.notebook : {};
  return {
    path: optionalText(body.path ?? notebook.path, 'path'),
    // An empty name is one: Lab names consoles and files so.
    name: optionalText(body.name, 'name'),
    type: optionalText(body.type, 'type') || undefined,
    kernel: readKernelChoice(body.kernel),
  };
}

/** Lab sends `null` for what it does not choose. */
function readKernelChoice(value: unknown): KernelChoice | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new AgentError('InvalidRequest', '"kernel" must be an object');
  const id = optionalText(value.id, 'kernel.id') || undefined;
  const name = optionalText(value.name, 'kernel.name') || undefined;
  const instanceType = readInstanceType(value.instance_type);
  if (id === undefined && name === undefined && instanceType === undefined) return undefined;
  return { id, name, instanceType };
}

function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new AgentError('InvalidRequest', `"${name}" must be a text`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
