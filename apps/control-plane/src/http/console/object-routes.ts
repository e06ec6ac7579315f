import { Readable } from 'node:stream';
import { StrongroomError } from '@strongroom/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { StorageAccess, StorageAsker } from '../../objects/storage-access.ts';
import { allowLongBody } from '../body-deadline.ts';
import { attachment } from './attachment-header.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { parse } from './parse-request.ts';
import { askStorage } from './storage-asker.ts';

type Services = Pick<CommonServices, 'audit' | 'people' | 'storage'>;

const ready = { config: { access: 'ready' } } as const;
const uploading = { config: { access: 'ready', isUpload: true } } as const;
/** A key has at most 1,024 bytes (Amazon S3 User Guide, "Object key naming guidelines"). */
const keySchema = z.string().min(1).max(1024);
const placeSchema = z.object({ bucket: z.string().max(255), key: keySchema });
const uploadSchema = placeSchema.extend({
  overwrite: z.enum(['true', 'false']).default('false'),
  contentType: z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/)
    .catch('application/octet-stream'),
});
/** What still comes of a body that was refused, so that the refusal can be read. */
const drainMilliseconds = 10_000;

/** One object: told, downloaded, uploaded, deleted, as the bucket's policies allow the person. */
export function addObjectRoutes(app: FastifyInstance, services: Services): void {
  const { audit } = services;

  app.get('/api/buckets/:bucket/objects/details', ready, async (request) => {
    const place = placeOf(request);
    return askStorage(request, services, async (access, asker) => {
      const { info, stream } = await access.read(asker, place);
      // The beginning is opened, so that what its download would fail with is said here.
      const bytes = stream[Symbol.asyncIterator]();
      await bytes.next();
      await bytes.return?.();
      const { key, sizeBytes, lastModified, headers, encryption } = info;
      return {
        ...{ key, sizeBytes, modifiedAt: lastModified.toISOString() },
        ...{ contentType: headers.contentType ?? null, keyArn: encryption.keyArn },
      };
    });
  });

  app.get('/api/buckets/:bucket/objects/content', ready, async (request, reply) => {
    const place = placeOf(request);
    const { info, stream, signal } = await askStorage(request, services, (access, asker) =>
      access.read(asker, place),
    );
    const { sizeBytes } = info;
    await audit.objectDownloaded(actorOf(request), { ...place, sizeBytes });
    const isAllowed = (access: StorageAccess, asker: StorageAsker) => access.mayRead(asker, place);
    request.furtherQuestions.push(() => isStill(isAllowed, request, services));
    // What waits in buffers must not arrive once the key is disabled.
    const cut = () => void reply.raw.destroy();
    signal.addEventListener('abort', cut);
    reply.raw.once('close', () => signal.removeEventListener('abort', cut));
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', sizeBytes)
      .header('content-disposition', attachment(place.key.split('/').at(-1) || 'object'))
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(Readable.from(stream, { objectMode: false }));
  });

  app.get('/api/buckets/:bucket/objects/upload-check', ready, async (request) => {
    const place = placeOf(request);
    return askStorage(request, services, async (access, asker) => {
      await access.requireWrite(asker, place);
      return { exists: await access.exists(asker, place) };
    });
  });

  // Apart, because nothing else takes a body that is not JSON.
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', (_request, _payload, done) =>
      done(null),
    );
    scope.put('/api/buckets/:bucket/objects/content', uploading, (request, reply) =>
      takeUpload(request, reply, services),
    );
  });

  app.delete('/api/buckets/:bucket/objects', ready, async (request, reply) => {
    const place = placeOf(request);
    await askStorage(request, services, async (access, asker) => {
      await access.requireDelete(asker, place);
      await audit.objectDeleted(actorOf(request), place);
      await access.remove(asker, place);
    });
    return reply.code(204).send();
  });
}

async function takeUpload(request: FastifyRequest, reply: FastifyReply, services: Services) {
  const { bucket, key, overwrite, contentType } = parse(parametersOf(request), uploadSchema);
  const sizeBytes = announcedBytes(request);
  const { raw } = request;
  allowLongBody(raw);
  const isAllowed = (access: StorageAccess, asker: StorageAsker) =>
    access.mayWrite(asker, { bucket, key });
  request.furtherQuestions.push(() => isStill(isAllowed, request, services));
  const write = {
    ...{ bucket, key, sizeBytes, contentType, keepsExisting: overwrite === 'false' },
    // Left open where the store stops reading, or nobody would read why it did.
    body: raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
    beforeStored: () => services.audit.objectUploaded(actorOf(request), { bucket, key, sizeBytes }),
  };
  try {
    await askStorage(request, services, (access, asker) => access.write(asker, write));
  } catch (error) {
    raw.resume();
    const timer = setTimeout(() => raw.destroy(), drainMilliseconds).unref();
    raw.once('close', () => clearTimeout(timer));
    throw error;
  }
  return reply.code(204).send();
}

/** @throws {StrongroomError} `InvalidRequest`: how much there will be decides whether there is room */
function announcedBytes({ headers }: FastifyRequest): number {
  const written = headers['content-length'];
  if (written !== undefined && headers['transfer-encoding'] === undefined) return Number(written);
  throw new StrongroomError('InvalidRequest', 'Cannot upload: its Content-Length is not given', {
    values: { field: 'content-length' },
  });
}

/** Asked of the person as they are now: they may be in another team. */
async function isStill(
  ask: (access: StorageAccess, asker: StorageAsker) => Promise<boolean>,
  request: FastifyRequest,
  { people, storage }: Services,
): Promise<boolean> {
  const person = await people.find(requireCaller(request).person.profileName);
  if (person === undefined) return false;
  return ask(storage.access, { acting: { kind: 'person', person }, from: 'console' });
}

function placeOf(request: FastifyRequest): z.infer<typeof placeSchema> {
  return parse(parametersOf(request), placeSchema.strict());
}

function parametersOf({ params, query }: FastifyRequest): unknown {
  return { ...(query as object), ...(params as object) };
}
