// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @typedef {{ dist: string, path: string, request: IncomingMessage, response: ServerResponse, language: string }} Exchange */

/** What the Jupyter server of the development machine lacks; forgotten when the server ends. */
/** @type {Map<string, string>} */
const rawSettings = new Map();
/** @type {Map<string, unknown>} */
const workspaces = new Map();

/**
 * Answers Lab's own routes in the agent's place. False where the path is none of them.
 *
 * @param {Exchange} exchange
 */
export function serveLabApi(exchange) {
  const { path, response, language } = exchange;
  if (path === '/api/me') {
    const identity = { username: 'alice', name: 'alice', display_name: 'Alice Kim', initials: 'A' };
    return answer(response, { identity, permissions: {} });
  }
  if (path.startsWith('/lab/api/translations')) {
    const locale = path.slice('/lab/api/translations'.length).replace(/^\//, '');
    return answer(response, { data: translations(exchange.dist, locale, language), message: '' });
  }
  if (path.startsWith('/lab/api/settings')) return serveSettings(exchange);
  if (path.startsWith('/lab/api/workspaces')) return serveWorkspaces(exchange);
  return false;
}

/**
 * @param {string} dist
 * @param {string} locale
 * @param {string} language
 */
function translations(dist, locale, language) {
  if (locale === '') {
    return {
      en: { displayName: 'English', nativeName: 'English' },
      ko_KR: { displayName: 'Korean', nativeName: '한국어' },
    };
  }
  if (locale !== 'ko_KR' && !(locale === 'default' && language === 'ko')) return {};
  return JSON.parse(readFileSync(join(dist, 'translations/ko_KR.json'), 'utf8'));
}

/** @param {Exchange} exchange */
function serveSettings({ dist, path, request, response }) {
  const id = decodeURIComponent(path.slice('/lab/api/settings/'.length));
  if (request.method === 'PUT') {
    return whenRead(request, (body) => {
      rawSettings.set(id, JSON.parse(body).raw);
      response.writeHead(204).end();
    });
  }
  if (id !== '') return answer(response, setting(dist, id));
  return answer(response, { settings: schemaIds(dist).map((each) => setting(dist, each)) });
}

/** @param {string} dist */
function schemaIds(dist) {
  const folder = join(dist, 'schemas');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const packageName = relative(folder, entry.parentPath).split(sep).join('/');
      return `${packageName}:${entry.name.replace('.json', '')}`;
    });
}

/**
 * @param {string} dist
 * @param {string} id
 */
function setting(dist, id) {
  const schema = JSON.parse(
    readFileSync(join(dist, 'schemas', `${id.replace(':', '/')}.json`), 'utf8'),
  );
  const raw = rawSettings.get(id) ?? '{}';
  return { id, schema, raw, settings: {}, version: '4.6.4' };
}

/** @param {Exchange} exchange */
function serveWorkspaces({ path, request, response }) {
  const id = path.slice('/lab/api/workspaces/'.length);
  if (request.method === 'PUT') {
    return whenRead(request, (body) => {
      workspaces.set(id, JSON.parse(body));
      response.writeHead(204).end();
    });
  }
  if (id !== '') return answer(response, workspaces.get(id) ?? { data: {}, metadata: { id } });
  return answer(response, {
    workspaces: { ids: [...workspaces.keys()], values: [...workspaces.values()] },
  });
}

/**
 * @param {ServerResponse} response
 * @param {unknown} body
 */
function answer(response, body) {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  return true;
}

/**
 * @param {IncomingMessage} request
 * @param {(body: string) => void} then
 */
function whenRead(request, then) {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => then(Buffer.concat(chunks).toString()));
  return true;
}
