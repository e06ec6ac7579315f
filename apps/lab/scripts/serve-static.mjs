// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

/** @type {Readonly<Record<string, string>>} */
const mimeTypes = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Answers the page, the bundle and the themes. False where the path is none of them.
 *
 * @param {object} options
 * @param {string} options.dist
 * @param {string} options.path
 * @param {import('node:http').IncomingMessage} options.request
 * @param {import('node:http').ServerResponse} options.response
 * @param {string} options.language
 */
export function serveStatic({ dist, path, request, response, language }) {
  if (/^\/(?:lab|doc)(?:\/(?:tree|workspaces)\/.*|\/tree)?$/.test(path)) {
    const page = readFileSync(join(dist, 'index.html'), 'utf8')
      .replace('__LANGUAGE__', language)
      .replace('__PAGE_CONFIG__', JSON.stringify(pageConfig(path)).replaceAll('<', '\\u003c'));
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    return true;
  }
  const file = path
    .replace(/^\/static\/lab\//, '/static/')
    .replace(/^\/lab\/api\/themes\//, '/themes/');
  if (file === path) return false;
  sendFile(join(dist, normalize(decodeURIComponent(file))), request, response);
  return true;
}

/** @param {string} path */
function pageConfig(path) {
  const match = /^\/(?:lab|doc)(?:\/workspaces\/([^/]+))?(?:\/tree\/(.*))?$/.exec(path);
  return {
    workspace: decodeURIComponent(match?.[1] ?? 'default'),
    treePath: decodeURIComponent(match?.[2] ?? ''),
  };
}

/**
 * @param {string} file
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function sendFile(file, request, response) {
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.setHeader('content-type', mimeTypes[extname(file)] ?? 'application/octet-stream');
  response.setHeader('cache-control', 'public, max-age=31536000, immutable');
  const takesBrotli = request.headers['accept-encoding']?.includes('br') ?? false;
  if (!takesBrotli || !existsSync(`${file}.br`)) return void response.end(readFileSync(file));
  response.setHeader('content-encoding', 'br').end(readFileSync(`${file}.br`));
}
