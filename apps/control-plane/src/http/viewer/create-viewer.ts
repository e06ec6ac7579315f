import type { IncomingMessage, ServerResponse } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import { newReference } from '../../studios/reference.ts';
import { toErrorReply } from '../error-reply.ts';
import type { Origins } from '../origins.ts';
import { sendError } from '../plain-reply.ts';
import { setHeaders } from '../security-headers.ts';
import { listStaticFiles, type StaticFile } from '../static-folder.ts';
import {
  frameContentSecurityPolicy,
  outputContentSecurityPolicy,
  viewerFileHeaders,
} from './viewer-headers.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const documentPaths = new Map([
  ['/', '/index.html'],
  ['/output', '/output.html'],
]);

/**
 * The origin that renders notebooks which other people wrote: the files of `apps/viewer/dist` and nothing
 * else. It reads no cookie, sets none, and knows nobody.
 */
export function createViewer(options: { origins: Origins; staticFolder: string }): Handler {
  const { origins, staticFolder } = options;
  const files = listStaticFiles(staticFolder, (path) => path.startsWith('/assets/'));
  const policies = new Map([
    ['/', frameContentSecurityPolicy(origins)],
    ['/output', outputContentSecurityPolicy(origins)],
  ]);
  for (const path of documentPaths.values()) {
    if (!files.has(path))
      throw new Error(`The viewer is not built: ${staticFolder} has no ${path}`);
  }

  return (request, response) => {
    const path = request.url ?? '';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      refuse(response, 405);
      return;
    }
    const policy = policies.get(path);
    const file = files.get(documentPaths.get(path) ?? path);
    if (file === undefined || (policy === undefined && !isServed(path))) {
      refuse(response, 404);
      return;
    }
    const send =
      policy === undefined
        ? sendFile(file, request, response)
        : sendDocument(file, { policy, consoleOrigin: origins.console }, response);
    send.catch(() => response.destroy());
  };
}

/** Beside them lie the stamps of the build. */
function isServed(path: string): boolean {
  return path.startsWith('/assets/') || path === '/third-party-notices.txt';
}

async function sendDocument(
  file: StaticFile,
  { policy, consoleOrigin }: { policy: string; consoleOrigin: string },
  response: ServerResponse,
): Promise<void> {
  const { body } = await file.read(undefined);
  const content = Buffer.from(body.toString().replaceAll('__CONSOLE_ORIGIN__', consoleOrigin));
  response.removeHeader('x-frame-options');
  // A document of an opaque origin has a cluster of its own already; asking again is warned of.
  response.removeHeader('origin-agent-cluster');
  setHeaders(response, {
    ...viewerFileHeaders,
    'content-security-policy': policy,
    'cache-control': 'no-cache',
    'content-type': file.contentType,
    'content-length': String(content.length),
  });
  response.writeHead(200).end(response.req.method === 'HEAD' ? undefined : content);
}

async function sendFile(
  file: StaticFile,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  setHeaders(response, {
    ...viewerFileHeaders,
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const { body, encoding } = await file.read(String(request.headers['accept-encoding'] ?? ''));
  if (encoding !== undefined) response.setHeader('content-encoding', encoding);
  setHeaders(response, { 'content-type': file.contentType, 'content-length': String(body.length) });
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
}

/** RFC 9110, sections 15.5.5 and 15.5.6. */
function refuse(response: ServerResponse, status: 404 | 405): void {
  const error = new StrongroomError(
    status === 404 ? 'FileNotFound' : 'InvalidRequest',
    'Cannot answer: this origin only gives out the files that render a notebook',
  );
  sendError(response, { ...toErrorReply(error, newReference()), status });
}
