import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import type { Language } from '@strongroom/contracts';
import { jsonForHtml } from './escape-html.ts';
import { nothingHere } from './refusal.ts';
import type { LabPage } from './routes.ts';

/** The built Lab: its page and the files that the page loads. */
export interface LabBundle {
  page(page: LabPage, context: { language: Language; webSocketOrigin: string }): string;
  /** `file`: relative to the bundle's folder. @throws {StrongroomError} `FileNotFound` */
  send(file: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

type Encoding = 'br' | 'gzip';

interface BundleFile {
  readonly path: string;
  readonly contentType: string;
  readonly encodings: ReadonlySet<Encoding>;
  /** Its name changes whenever its content does. */
  readonly isImmutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.eot': 'application/vnd.ms-fontobject',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const servedFolders = ['static', 'themes'] as const;
const fileEnding: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/**
 * Lists the bundle once. A request is then looked up by its whole name among the files that exist, so
 * no spelling of a path can lead out of the folder.
 */
export async function openLabBundle(folder: string): Promise<LabBundle> {
  const template = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  const files = await listFiles(folder);
  const tags = new Map<string, string>();

  return {
    page({ mode, workspace, treePath }, { language, webSocketOrigin }) {
      if (template === undefined) throw new Error(`Cannot show Lab: "${folder}" is not built`);
      const config = { baseUrl: '/', wsUrl: `${webSocketOrigin}/`, mode, workspace, treePath };
      return template
        .replaceAll('__LANGUAGE__', language)
        .replace('__PAGE_CONFIG__', () => jsonForHtml(config));
    },
    async send(name, request, response) {
      const file = files.get(name);
      if (file === undefined) throw nothingHere();
      const encoding = chooseEncoding(file, String(request.headers['accept-encoding'] ?? ''));
      const path = encoding === undefined ? file.path : `${file.path}${fileEnding[encoding]}`;
      const content = await readFile(path);
      const tag = tags.get(path) ?? entityTag(content);
      tags.set(path, tag);
      response.setHeader('content-type', file.contentType);
      response.setHeader('vary', 'accept-encoding');
      response.setHeader('etag', tag);
      response.setHeader(
        'cache-control',
        file.isImmutable ? 'private, max-age=31536000, immutable' : 'private, no-cache',
      );
      if (request.headers['if-none-match'] === tag) {
        response.writeHead(304).end();
        return;
      }
      if (encoding !== undefined) response.setHeader('content-encoding', encoding);
      response.setHeader('content-length', content.length);
      response.writeHead(200).end(request.method === 'HEAD' ? undefined : content);
    },
  };
}

async function listFiles(folder: string): Promise<Map<string, BundleFile>> {
  const files = new Map<string, BundleFile>();
  for (const served of servedFolders) {
    const entries = await readdir(join(folder, served), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    const paths = new Set(
      entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
    );
    for (const path of paths) {
      const contentType = contentTypes[extname(path)];
      if (contentType === undefined) continue;
      files.set(relative(folder, path).split(sep).join('/'), {
        ...{ path, contentType },
        encodings: new Set(
          (['br', 'gzip'] as const).filter((encoding) => paths.has(path + fileEnding[encoding])),
        ),
        isImmutable: /\.[0-9a-f]{8,}\.\w+$/.test(path),
      });
    }
  }
  return files;
}

function chooseEncoding(file: BundleFile, accepted: string): Encoding | undefined {
  const isAccepted = (encoding: Encoding) =>
    accepted.split(',').some((item) => {
      const [name = '', weight = ''] = item.trim().split(';');
      return name.trim() === encoding && !/^\s*q=0(?:\.0*)?\s*$/.test(weight);
    });
  return (['br', 'gzip'] as const).find((each) => file.encodings.has(each) && isAccepted(each));
}

function entityTag(content: Buffer): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}
