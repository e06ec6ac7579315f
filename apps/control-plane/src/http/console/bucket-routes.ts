import type { BucketDetails, BucketList, FolderPage } from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { storageRefusal } from '../../objects/storage-refusal.ts';
import { requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { describeBucket, describeBucketDetails, versioningOf } from './describe-bucket.ts';
import { parse } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';
import { askerOf, askStorage } from './storage-asker.ts';

type Services = Pick<
  CommonServices,
  'audit' | 'authorize' | 'domain' | 'keys' | 'policies' | 'storage'
>;

const ready = { config: { access: 'ready' } } as const;
const overseeing = { action: 's3:GetBucketPolicy', resource: '*' } as const;
const bucketSchema = z.object({ bucket: z.string().max(255) });
const folderSchema = bucketSchema.extend({
  prefix: z.string().max(1024).default(''),
  continuationToken: z.string().max(4096).optional(),
});
/** As many as a page shows at once. */
const pageSize = 100;
const platform = { principal: 'platform' };

/** Buckets and one level of what is in them. */
export function addBucketRoutes(app: FastifyInstance, services: Services): void {
  const { authorize, storage } = services;

  app.get('/api/buckets', ready, async (request): Promise<BucketList> => {
    const { person: principal } = requireCaller(request);
    const asker = askerOf(request);
    const overseesAll = authorize({ principal, ...overseeing }).allowed;
    const infos = overseesAll
      ? await storage.store.listBuckets({ caller: platform })
      : await storage.access.listBuckets(asker);
    const described = infos.map((info) => describeBucket(services, { info, asker, overseesAll }));
    return { buckets: await Promise.all(described), overseesAll };
  });

  app.get('/api/buckets/:bucket', ready, async (request): Promise<BucketDetails> => {
    await requireAllowed(request, services, overseeing);
    const { bucket } = parse(request.params, bucketSchema);
    const info = await storage.store
      .headBucket({ bucket, caller: platform })
      .catch((error: unknown) => {
        throw storageRefusal(error);
      });
    return describeBucketDetails(services, { info, asker: askerOf(request) });
  });

  app.get('/api/buckets/:bucket/objects', ready, async (request): Promise<FolderPage> => {
    const asked = { ...(request.query as object), ...(request.params as object) };
    const { bucket, prefix, continuationToken } = parse(asked, folderSchema.strict());
    return askStorage(request, services, async (access, asker) => {
      const page = await access.listFolder(asker, {
        ...{ bucket, prefix, maximumKeys: pageSize },
        ...(continuationToken === undefined ? {} : { continuationToken }),
      });
      const info = await storage.store.headBucket({ bucket, caller: platform });
      return {
        ...{ bucket, prefix, folders: [...page.commonPrefixes] },
        objects: page.objects.map(({ key, sizeBytes, lastModified }) => ({
          ...{ key, sizeBytes, modifiedAt: lastModified.toISOString() },
        })),
        continuationToken: page.nextContinuationToken ?? null,
        may: await access.permissionsOn(asker, info),
        versioning: versioningOf(info),
      };
    });
  });
}
