import { createHash } from 'node:crypto';
import { StrongroomError } from '@strongroom/contracts';
import { type GetObjectResult, type ObjectStore, S3Error } from '@strongroom/object-store';
import type { Clock } from '../../clock.ts';
import { storageRefusal } from '../../objects/storage-refusal.ts';
import { writeObject } from '../../objects/write-object.ts';
import type { State } from '../../state/database.ts';
import type { LfsPointer } from './lfs-pointer.ts';

export interface LfsStoreOptions {
  readonly store: ObjectStore;
  readonly state: State;
  readonly clock: Clock;
  /** A bucket of the platform's own. */
  readonly bucket: string;
}

const caller = { principal: 'platform' };

/** The large files of repositories, sealed in the object store; each under the hash of its content. */
export class LfsStore {
  readonly #options: LfsStoreOptions;

  constructor(options: LfsStoreOptions) {
    this.#options = options;
  }

  /** Its size, where the repository has it. */
  async find(repositoryId: string, objectId: string): Promise<LfsPointer | undefined> {
    const row = await this.#options.state
      .selectFrom('lfs_objects')
      .select('size_bytes')
      .where('repository_id', '=', repositoryId)
      .where('object_id', '=', objectId)
      .executeTakeFirst();
    return row && { objectId, sizeBytes: row.size_bytes };
  }

  /** @throws {StrongroomError} `ObjectNotFound`, `KeyUnavailable` */
  async open(repositoryId: string, objectId: string): Promise<GetObjectResult> {
    const { store, bucket } = this.#options;
    try {
      return await store.getObject({ bucket, key: keyOf(repositoryId, objectId), caller });
    } catch (error) {
      throw storageRefusal(error);
    }
  }

  /**
   * Whole and with the content that it is named after, or not at all.
   *
   * @throws {StrongroomError} `InvalidRequest`, `DiskFull`, `BucketFull`, `KeyUnavailable`
   */
  async put(
    repositoryId: string,
    { objectId, sizeBytes }: LfsPointer,
    body: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { store, bucket, state, clock } = this.#options;
    const hash = createHash('sha256');
    const key = keyOf(repositoryId, objectId);
    try {
      await writeObject(store, {
        ...{ bucket, key, caller, sizeBytes, contentType: 'application/octet-stream' },
        body: hashed(body, hash),
        beforeStored: async () => {
          if (hash.digest('hex') !== objectId) throw otherContent(objectId);
        },
      });
    } catch (error) {
      throw storageRefusal(error);
    }
    await state
      .insertInto('lfs_objects')
      .values({
        ...{ repository_id: repositoryId, object_id: objectId },
        ...{ size_bytes: sizeBytes, stored_at: clock().getTime() },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Of a repository that is deleted. */
  async deleteAllOf(repositoryId: string): Promise<void> {
    const { store, bucket } = this.#options;
    const prefix = `${repositoryId}/`;
    for (;;) {
      const { objects } = await store.listObjects({ bucket, prefix, maximumKeys: 1_000, caller });
      if (objects.length === 0) return;
      for (const { key } of objects) await store.deleteObject({ bucket, key, caller });
    }
  }
}

/** Made where it is not there. */
export async function prepareLfsBucket(
  store: ObjectStore,
  { bucket, region, keyArn }: { bucket: string; region: string; keyArn: string },
): Promise<void> {
  try {
    await store.headBucket({ bucket, caller });
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== 'NoSuchBucket') throw error;
    await store.createBucket({ bucket, location: region, caller });
    const encryption = {
      algorithm: 'aws:kms',
      keyReference: keyArn,
      bucketKeyEnabled: true,
    } as const;
    await store.putBucketSetting({ bucket, setting: 'encryption', value: encryption, caller });
  }
}

function keyOf(repositoryId: string, objectId: string): string {
  return `${repositoryId}/${objectId.slice(0, 2)}/${objectId}`;
}

async function* hashed(
  body: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}

function otherContent(objectId: string): StrongroomError {
  const message = `Cannot keep "${objectId.slice(0, 12)}…": its content has another hash`;
  return new StrongroomError('InvalidRequest', message);
}
