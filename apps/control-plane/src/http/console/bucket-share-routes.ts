import {
  type ShareChoices,
  type ShareDetails,
  StrongroomError,
  shareRequestSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ReadSource, tooLarge } from '../../shares/share-writer.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { PortalServices } from './console-services.ts';
import { parseBody } from './parse-request.ts';
import { askStorage } from './storage-asker.ts';

type Services = Pick<PortalServices, 'audit' | 'shares' | 'storage'>;

const ready = { config: { access: 'ready' } } as const;
/** `s3://<bucket>/<key>` */
const objectAddress = /^s3:\/\/([a-z0-9-]{3,63})\/(.{1,1024})$/s;

/**
 * Sharing where there is no Lab of ours that could: of a notebook in a bucket that the person may read. It is
 * looked through as every other, and a copy of it is sealed in the sharing bucket.
 */
export function addBucketShareRoutes(app: FastifyInstance, services: Services): void {
  const { shares } = services;

  app.get('/api/share-choices', ready, async (request): Promise<ShareChoices> => {
    const { person } = requireCaller(request);
    shares.writer.prepare();
    return shares.shares.choices(person);
  });

  app.post('/api/shares', ready, async (request, reply): Promise<ShareDetails> => {
    const { person } = requireCaller(request);
    const asked = parseBody(request.body, shareRequestSchema);
    const place = placeIn(asked.path);
    const asker = { person, actor: actorOf(request) };
    const readSource = createReadSource(request, services, place);
    const shareId = await shares.writer.create(asker, asked, readSource);
    reply.code(201);
    return shares.shares.describeOwn(person, shareId);
  });
}

interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** @throws {StrongroomError} `InvalidRequest` */
function placeIn(path: string): ObjectPlace {
  const [, bucket, key] = objectAddress.exec(path) ?? [];
  if (bucket !== undefined && key?.endsWith('.ipynb')) return { bucket, key };
  throw new StrongroomError(
    'InvalidRequest',
    `Cannot share "${path}": it is no notebook in a bucket`,
    {
      ...{ remedy: 'Name it as s3://<bucket>/<key>.ipynb', values: { field: 'path' } },
    },
  );
}

/** Read by the policies of whoever shares, as when they download it. */
function createReadSource(
  request: FastifyRequest,
  services: Services,
  place: ObjectPlace,
): ReadSource {
  return async ({ maximumBytes }) => {
    const { stream } = await askStorage(request, services, (access, asker) =>
      access.read(asker, place),
    );
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of stream) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maximumBytes) throw tooLarge(maximumBytes);
      chunks.push(chunk);
    }
    return { kind: 'notebook', bytes: Buffer.concat(chunks, sizeBytes) };
  };
}
