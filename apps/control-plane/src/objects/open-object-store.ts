import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { Domain } from '@strongroom/domain';
import { type ObjectStore, ObjectStoreEmbedded, ObjectStoreS3 } from '@strongroom/object-store';
import { BucketKeys, KeyError, type KeyService } from '@strongroom/sealing';
import type { Clock } from '../clock.ts';
import { ensureKey } from '../keys/compose-keys.ts';
import { openRootKey } from '../keys/root-key.ts';

/** Seals every object of this domain, where the store is the embedded one. */
export const dataKeyAlias = 'alias/strongroom-data';

/** What objects are sealed under, and what a request names it by. */
export interface ObjectKeys {
  readonly dataKeyArn: string;
  resolveKeyArn(reference: string): Promise<string | undefined>;
}

/** Makes the key at the first start. */
export async function openObjectKeys(domain: Domain, keys: KeyService): Promise<ObjectKeys> {
  const { store } = domain.objects;
  if (store.kind === 's3') {
    const { kmsKey } = store;
    const isArn = (reference: string) => reference.startsWith('arn:');
    return {
      dataKeyArn: kmsKey,
      resolveKeyArn: async (reference) => (isArn(reference) ? reference : undefined),
    };
  }
  const description = 'Seals the objects of this domain';
  await ensureKey(keys, { alias: dataKeyAlias, description, domain });
  return {
    dataKeyArn: keys.describe(dataKeyAlias).arn,
    async resolveKeyArn(reference) {
      try {
        return keys.describe(reference).arn;
      } catch (error) {
        if (error instanceof KeyError) return undefined;
        throw error;
      }
    },
  };
}

/** Sealed files in the data folder, or a real S3 with the credentials of the environment. */
export async function openObjectStore(options: {
  readonly domain: Domain;
  readonly keys: KeyService;
  readonly clock: Clock;
}): Promise<ObjectStore> {
  const { domain, keys, clock } = options;
  const { dataFolder, objects } = domain;
  if (objects.store.kind === 's3') {
    const { region, endpoint, kmsKey } = objects.store;
    const elsewhere = endpoint === undefined ? {} : { endpoint, forcePathStyle: true };
    return new ObjectStoreS3({
      client: new S3Client({ region, ...elsewhere }),
      defaultKey: kmsKey,
    });
  }
  return ObjectStoreEmbedded.open({
    ...{ folder: join(dataFolder, 'objects'), keys, clock, defaultKey: dataKeyAlias },
    bucketKeys: new BucketKeys({ keys, clock }),
    metadataKey: await openRootKey(dataFolder, 'object-metadata.key'),
    freeSpaceFloorBytes: objects.freeSpaceFloorBytes,
  });
}
