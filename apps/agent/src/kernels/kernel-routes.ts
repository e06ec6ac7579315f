import { AgentError } from '../http/agent-error.ts';
import { readJsonObject, sendJson, sendNoContent } from '../http/json.ts';
import type { Exchange, Router } from '../http/router.ts';
import { readInstanceType } from './instance-type.ts';
import { KernelWebSockets } from './kernel-web-sockets.ts';
import type { Kernels } from './kernels.ts';
import { findWorkingDirectory } from './working-directory.ts';

/** `/api/kernels` of the Jupyter server API, with its WebSockets. */
export function registerKernels(
  router: Router,
  { kernels, homeFolder }: { kernels: Kernels; homeFolder: string },
): { close(): void } {
  router.on('GET', '/api/kernels', async (exchange) => {
    await sendJson(
      exchange,
      200,
      kernels.list().map((kernel) => kernel.toModel()),
    );
  });
  router.on('POST', '/api/kernels', async (exchange) => {
    const { name, path, instance_type } = await readJsonObject(exchange.request);
    const kernel = await kernels.start({
      specName: optionalText(name, 'name'),
      instanceType: readInstanceType(instance_type),
      workingDirectory: await findWorkingDirectory(homeFolder, optionalText(path, 'path') ?? ''),
      environment: {},
    });
    await sendJson(exchange, 201, kernel.toModel(), { location: `/api/kernels/${kernel.id}` });
  });
  router.on('GET', '/api/kernels/:kernelId', async (exchange) => {
    await sendJson(exchange, 200, kernels.require(idOf(exchange)).toModel());
  });
  router.on('DELETE', '/api/kernels/:kernelId', async (exchange) => {
    await kernels.shutDown(idOf(exchange));
    sendNoContent(exchange);
  });
  router.on('POST', '/api/kernels/:kernelId/interrupt', async (exchange) => {
    await kernels.require(idOf(exchange)).interrupt();
    sendNoContent(exchange);
  });
  router.on('POST', '/api/kernels/:kernelId/restart', async (exchange) => {
    const kernel = kernels.require(idOf(exchange));
    await kernel.restart();
    await sendJson(exchange, 200, kernel.toModel());
  });
  const webSockets = new KernelWebSockets(kernels);
  router.onUpgrade('/api/kernels/:kernelId/channels', (upgrade) => webSockets.upgrade(upgrade));
  return webSockets;
}

function idOf({ parameters }: Exchange): string {
  return parameters.kernelId ?? '';
}

function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new AgentError('InvalidRequest', `"${name}" must be a text`);
}
