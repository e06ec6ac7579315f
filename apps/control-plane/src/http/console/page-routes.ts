import { consolePages } from '@strongroom/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listStaticFiles, type StaticFile } from '../static-folder.ts';

const page = { config: { access: 'anybody', isPage: true } } as const;
const file = { config: { access: 'anybody' } } as const;
const indexPath = '/index.html';
/** One document serves them all. The router's `*` may be empty, Fastify's may not: it takes the name before it too. */
const pagePaths = Object.values(consolePages).map((path) => path.replace(/\/:\w+\/\*$/, '/*'));

/** The console's document and files, as they were built. */
export function addPageRoutes(
  app: FastifyInstance,
  staticFolder: string,
): { sendDocument(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> } {
  const files = listStaticFiles(staticFolder, (path) => path.startsWith('/assets/'));
  const index = files.get(indexPath);
  if (index === undefined) throw new Error(`The console is not built: ${staticFolder} is empty`);
  for (const path of pagePaths) {
    serve(path, page, index);
  }
  for (const [path, staticFile] of files) {
    if (path === indexPath) continue;
    serve(path, file, staticFile);
  }
  return { sendDocument: (request, reply) => sendFile(request, reply, index) };

  function serve(url: string, options: typeof page | typeof file, found: StaticFile): void {
    const method = ['GET', 'HEAD'];
    app.route({
      ...options,
      method,
      url,
      handler: (request, reply) => sendFile(request, reply, found),
    });
  }
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, etag, isImmutable, read }: StaticFile,
) {
  const cacheControl = isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  void reply.headers({ 'cache-control': cacheControl, etag, vary: 'accept-encoding' });
  const isKnown = reply.statusCode === 200 && request.headers['if-none-match'] === etag;
  if (isKnown) return reply.code(304).send();
  const { body, encoding } = await read(request.headers['accept-encoding']);
  if (encoding !== undefined) void reply.header('content-encoding', encoding);
  return reply.header('content-type', contentType).send(body);
}
