import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { attachment } from './attachment-header.ts';
import { actorOf } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';
import { limitToSize } from './limit-to-size.ts';
import { parseBody, parseProfileName } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<ConsoleServices, 'audit' | 'authorize' | 'studios'>;

const ready = { config: { access: 'ready' } } as const;
/** Relative to the home; what is in it is judged where the files are. */
const pathQuerySchema = z.object({ path: z.string().max(4096).default('') });

/** Files of homes that are on this machine. */
export function addHomeFileRoutes(app: FastifyInstance, services: Services): void {
  const { audit, studios } = services;
  app.get('/api/profiles/:profileName/files', ready, async (request) => {
    const resource = parseProfileName(request.params);
    const action = 'strongroom:ListHomeFiles';
    const { person } = await requireAllowed(request, services, { action, resource });
    const { path } = parseBody(request.query, pathQuerySchema);
    return studios.listFiles(person, path);
  });

  app.get('/api/profiles/:profileName/files/content', ready, async (request, reply) => {
    const resource = parseProfileName(request.params);
    const action = 'strongroom:ReadHomeFile';
    const { person } = await requireAllowed(request, services, { action, resource });
    const { path } = parseBody(request.query, pathQuerySchema);
    const { name, sizeBytes, stream } = await studios.readFile(person, path);
    await audit.fileDownloaded(actorOf(request), resource, sizeBytes);
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', sizeBytes)
      .header('content-disposition', attachment(name))
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(limitToSize(stream, sizeBytes));
  });
}
