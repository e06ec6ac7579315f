import { AgentError } from '../http/agent-error.ts';
import { apiPathOf } from '../http/api-path.ts';
import { readJsonObject, sendJson, sendNoContent, sendText } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';
import type { LanguageChoice } from './language-choice.ts';
import { SchemaCatalog } from './schema-catalog.ts';
import { SettingStore } from './setting-store.ts';

const prefix = '/lab/api/settings';

/** `/lab/api/settings` (JupyterLab server's settings API). Returns what reads the schemas ahead of need. */
export function registerSettings(
  router: Router,
  options: { homeFolder: string; labFolder: string; language: LanguageChoice },
): { warmUp(): Promise<void> } {
  const catalog = new SchemaCatalog(options.labFolder, options.language);
  const store = new SettingStore(catalog, options.homeFolder);
  router.on('GET', prefix, async (exchange) => {
    if (exchange.url.searchParams.get('ids_only') === 'true') {
      const ids = await store.ids();
      await sendJson(exchange, 200, { settings: ids.map((id) => ({ id })) });
      return;
    }
    await sendJsonText(exchange, `{"settings":[${(await store.describeAll()).join(',')}]}`);
  });
  router.on('GET', `${prefix}/*`, async (exchange) => {
    const id = apiPathOf(exchange, prefix);
    const described = await store.describe(id);
    if (described === undefined) throw new AgentError('NotFound', `No such settings: "${id}"`);
    await sendJsonText(exchange, described);
  });
  router.on('PUT', `${prefix}/*`, async (exchange) => {
    const { raw } = await readJsonObject(exchange.request);
    if (typeof raw !== 'string') throw new AgentError('InvalidRequest', '"raw" must be JSON5 text');
    await store.save(apiPathOf(exchange, prefix), raw);
    sendNoContent(exchange);
  });
  return {
    async warmUp() {
      await catalog.ids();
    },
  };
}

async function sendJsonText(exchange: Exchange, text: string): Promise<void> {
  await sendText(exchange, { status: 200, text, contentType: 'application/json; charset=utf-8' });
}
