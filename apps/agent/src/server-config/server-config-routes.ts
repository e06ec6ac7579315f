import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../contents/atomic-write.ts';
import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendJson, sendNoContent } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';

type Section = Record<string, unknown>;

/** `/api/config/<section>`: small JSON objects that front ends keep (Jupyter server's config API). */
export function registerServerConfig(router: Router, homeFolder: string): void {
  const pathOf = (exchange: Exchange): string => {
    const name = exchange.parameters.section ?? '';
    if (!/^[\w-]{1,64}$/.test(name)) {
      throw new AgentError('InvalidRequest', `"${name}" is not the name of a section`);
    }
    return join(homeFolder, '.jupyter', 'serverconfig', `${name}.json`);
  };
  router.on('GET', '/api/config/:section', async (exchange) => {
    await sendJson(exchange, 200, await load(pathOf(exchange)));
  });
  router.on('PUT', '/api/config/:section', async (exchange) => {
    const path = pathOf(exchange);
    await store(path, await readJsonObject(exchange.request));
    sendNoContent(exchange);
  });
  router.on('PATCH', '/api/config/:section', async (exchange) => {
    const path = pathOf(exchange);
    const changes = await readJsonObject(exchange.request);
    const section = merge(await load(path), changes);
    await store(path, section);
    await sendJson(exchange, 200, section);
  });
}

/** A section that cannot be read is an empty one: it holds preferences only. */
async function load(path: string): Promise<Section> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isSection(value) ? value : {};
  } catch {
    return {};
  }
}

async function store(path: string, section: Section): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, undefined, async (handle) => {
    await handle.writeFile(`${JSON.stringify(section, undefined, 2)}\n`);
  });
}

/** Objects are merged key by key; `null` removes a key. */
function merge(target: Section, changes: Section): Section {
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(changes)) {
    const current = merged.get(key);
    if (value === null) merged.delete(key);
    else
      merged.set(key, isSection(value) ? merge(isSection(current) ? current : {}, value) : value);
  }
  return Object.fromEntries(merged);
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
