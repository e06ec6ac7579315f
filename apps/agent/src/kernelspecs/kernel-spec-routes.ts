import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AgentError } from '../http/agent-error.ts';
import { sendJson } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';
import type { KernelSpec } from './kernel-spec.ts';
import type { KernelSpecs } from './kernel-specs.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** `/api/kernelspecs`, `/api/kernelspecs/<name>` and the specs' logos at `/kernelspecs/<name>/<file>`. */
export function registerKernelSpecs(router: Router, specs: KernelSpecs): void {
  router.on('GET', '/api/kernelspecs', async (exchange) => {
    const list = await specs.list();
    const models = await Promise.all(
      list.map(async (spec) => [spec.name, await toModel(specs, spec)]),
    );
    await sendJson(exchange, 200, {
      default: await specs.defaultName(),
      kernelspecs: Object.fromEntries(models),
    });
  });
  router.on('GET', '/api/kernelspecs/:name', async (exchange) => {
    await sendJson(exchange, 200, await toModel(specs, await findSpec(specs, exchange)));
  });
  router.on('GET', '/kernelspecs/:name/:file', async (exchange) => {
    const spec = await findSpec(specs, exchange);
    if (!specs.hasFolderHere(spec)) throw noResource(spec, exchange);
    await sendResource(exchange, spec);
  });
}

async function findSpec(specs: KernelSpecs, { parameters }: Exchange): Promise<KernelSpec> {
  const spec = await specs.find(parameters.name ?? '');
  if (spec === undefined) {
    throw new AgentError('NotFound', `No such kernel spec: "${parameters.name}"`);
  }
  return spec;
}

async function toModel(specs: KernelSpecs, spec: KernelSpec): Promise<object> {
  return {
    name: spec.name,
    spec: {
      argv: spec.argv,
      display_name: spec.displayName,
      language: spec.language,
      interrupt_mode: spec.interruptMode,
      env: spec.environment,
      metadata: { ...spec.metadata, strongroom: { image_name: spec.imageName } },
    },
    resources: specs.hasFolderHere(spec) ? await findResources(spec) : {},
  };
}

/** Jupyter's rule: `logo-*` by its name without extension, `kernel.js` and `kernel.css` by theirs. */
async function findResources({ name, folder }: KernelSpec): Promise<Record<string, string>> {
  const resources: Record<string, string> = {};
  for (const file of (await readdir(folder).catch(() => [])).sort()) {
    const isLogo = file.startsWith('logo-');
    if (!isLogo && file !== 'kernel.js' && file !== 'kernel.css') continue;
    const key = isLogo ? file.slice(0, file.length - extname(file).length) : file;
    resources[key] = `/kernelspecs/${encodeURIComponent(name)}/${encodeURIComponent(file)}`;
  }
  return resources;
}

async function sendResource(exchange: Exchange, spec: KernelSpec): Promise<void> {
  const file = exchange.parameters.file ?? '';
  const mimeType = mimeTypes[extname(file)];
  // Only a spec's own pictures and scripts, by name: no path leads out of its folder.
  if (mimeType === undefined || /[/\\\0]/.test(file)) {
    throw noResource(spec, exchange);
  }
  await using handle = await openResource(join(spec.folder, file));
  const { size } = await handle.stat();
  exchange.response.setHeader('content-type', mimeType);
  exchange.response.setHeader('content-length', size);
  exchange.response.setHeader('cache-control', 'private, max-age=3600');
  if (exchange.request.method === 'HEAD') exchange.response.end();
  else await pipeline(createReadStream('', { fd: handle, autoClose: false }), exchange.response);
}

async function openResource(path: string): Promise<FileHandle> {
  const handle = await open(path, 'r');
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new AgentError('NotFound', 'A kernel spec serves files only');
}

function noResource(spec: KernelSpec, { parameters }: Exchange): AgentError {
  return new AgentError('NotFound', `The kernel spec "${spec.name}" has no "${parameters.file}"`);
}
