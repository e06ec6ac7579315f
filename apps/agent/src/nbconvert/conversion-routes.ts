import type { HomeFolder } from '../contents/home-folder.ts';
import { contentTypeOf } from '../contents/mime-type.ts';
import { parseNotebook } from '../contents/notebook.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { maximumContentBytes } from '../contents/read-content.ts';
import { attachmentHeader } from '../files/attachment-header.ts';
import { AgentError } from '../http/agent-error.ts';
import { apiPathOf } from '../http/api-path.ts';
import { sendJson } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';
import { NotebookConverter } from './notebook-converter.ts';
import { type ArchivedFile, zipFiles } from './zip-archive.ts';

/** `GET /api/nbconvert` and `GET /nbconvert/<format>/<path>` (Jupyter server's nbconvert API). */
export function registerNotebookConversion(router: Router, home: HomeFolder): void {
  const converter = new NotebookConverter();
  router.on('GET', '/api/nbconvert', async (exchange) => {
    await sendJson(exchange, 200, await converter.formats());
  });
  router.on('GET', '/nbconvert/:format/*', async (exchange) => {
    const format = exchange.parameters.format ?? '';
    const apiPath = home.normalize(apiPathOf(exchange, `/nbconvert/${format}`));
    const path = await home.resolve(apiPath);
    await checkNotebook(path, apiPath);
    const left = new AbortController();
    exchange.response.once('close', () => left.abort());
    const files = await converter.convert(path, {
      format,
      sanitizeHtml: exchange.url.searchParams.get('sanitize_html') === 'true',
      signal: left.signal,
    });
    await sendResult(exchange, files);
  });
}

/** nbconvert's own message about a broken notebook is a traceback. */
async function checkNotebook(path: string, apiPath: string): Promise<void> {
  if (!apiPath.endsWith('.ipynb')) {
    throw new AgentError('InvalidRequest', `"${apiPath}" is not a notebook`);
  }
  const file = await openRegularFile(path, apiPath);
  try {
    const limits = { maximumBytes: maximumContentBytes, subject: apiPath };
    parseNotebook((await readWholeFile(file, limits)).toString('utf8'), apiPath);
  } finally {
    await file.handle.close();
  }
}

async function sendResult(exchange: Exchange, files: readonly ArchivedFile[]): Promise<void> {
  const { request, response, url } = exchange;
  const [first] = files;
  if (first === undefined) throw new AgentError('Internal', 'nbconvert wrote nothing');
  const isArchive = files.length > 1;
  const name = isArchive ? `${mainName(files)}.zip` : first.name;
  const bytes = isArchive ? await zipFiles(files) : first.bytes;
  response.setHeader('content-type', isArchive ? 'application/zip' : contentTypeOf(name));
  // The page is the notebook's author's: it gets an origin of its own.
  response.setHeader('content-security-policy', 'sandbox allow-scripts');
  if (isArchive || url.searchParams.get('download') === 'true') {
    response.setHeader('content-disposition', attachmentHeader(name));
  }
  response.setHeader('content-length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** The text's name beside its folder of images. */
function mainName(files: readonly ArchivedFile[]): string {
  const main = files.find(({ name }) => !name.includes('/'))?.name ?? 'notebook';
  return main.replace(/\.[^.]+$/, '');
}
