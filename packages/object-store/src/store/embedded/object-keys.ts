import { createHmac } from 'node:crypto';
import type {
  BucketKeys,
  KeyCaller,
  KeyService,
  ObjectKey,
  WrappedObjectKey,
} from '@strongroom/sealing';
import { S3Error } from '../../s3-error.ts';
import { asStorageError } from './storage-errors.ts';

/** What an object's key belongs to; an unfinished upload stands in for the version it will be. */
export interface KeyPlace {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

export interface ChosenKey {
  readonly keyReference: string;
  readonly useBucketKey: boolean;
}

/** The keys of objects, and the downloads that end when one of them stops being usable. */
export class ObjectKeys {
  readonly #bucketKeys: BucketKeys;
  /** One for all the downloads under a key since it was last usable. */
  readonly #downloads = new Map<string, AbortController>();
  readonly #stopListening: () => void;

  constructor(keys: KeyService, bucketKeys: BucketKeys) {
    this.#bucketKeys = bucketKeys;
    this.#stopListening = keys.on('changed', ({ keyId, state }) => {
      if (state !== 'Enabled') this.#cutDownloads(keyId);
    });
  }

  async create(place: KeyPlace, chosen: ChosenKey, caller: KeyCaller): Promise<ObjectKey> {
    const { keyReference: key, useBucketKey } = chosen;
    return translated(place, () =>
      this.#bucketKeys.wrap({ key, useBucketKey, binding: bindingOf(place), caller }),
    );
  }

  async open(wrapped: Buffer, place: KeyPlace, caller: KeyCaller): Promise<Buffer> {
    return translated(place, () =>
      this.#bucketKeys.unwrap({ wrapped, binding: bindingOf(place), caller }),
    );
  }

  /** The same key for another place, and under another key of the key service where one is chosen. */
  async move(wrapped: Buffer, move: KeyMove, caller: KeyCaller): Promise<WrappedObjectKey> {
    const { from, to, chosen } = move;
    return translated(from, () =>
      this.#bucketKeys.rewrap({
        ...{ wrapped, binding: bindingOf(from), newBinding: bindingOf(to), caller },
        ...(chosen && { key: chosen.keyReference, useBucketKey: chosen.useBucketKey }),
      }),
    );
  }

  /** Aborted when the key is disabled or gone. Asked for before the key is opened, so that nothing slips by. */
  followKey(keyArn: string): AbortSignal {
    const keyId = keyIdOf(keyArn);
    const known = this.#downloads.get(keyId);
    if (known !== undefined) return known.signal;
    const controller = new AbortController();
    this.#downloads.set(keyId, controller);
    return controller.signal;
  }

  close(): void {
    this.#stopListening();
  }

  #cutDownloads(keyId: string): void {
    const controller = this.#downloads.get(keyId);
    this.#downloads.delete(keyId);
    const message = `Cannot read on: the key "${keyId}" is not enabled any more`;
    controller?.abort(new S3Error('KMS.DisabledException', message));
  }
}

export interface KeyMove {
  readonly from: KeyPlace;
  readonly to: KeyPlace;
  readonly chosen?: ChosenKey;
}

/**
 * Each segment has a key of its own, made of the object's key, random bytes of the segment and its
 * number: a segment of another object, or in another's place, does not open.
 */
export function segmentKey(objectKey: Buffer, salt: Buffer, partNumber: number): Buffer {
  // One block of HKDF-Expand (RFC 5869, section 2.3): the object's key is random, so nothing is extracted.
  const expand = createHmac('sha256', objectKey).update(salt);
  return expand.update(`strongroom object segment ${partNumber}`).update(Buffer.of(1)).digest();
}

function bindingOf({ bucket, key, versionId }: KeyPlace) {
  return { bucketArn: `arn:aws:s3:::${bucket}`, objectName: key, versionId };
}

function keyIdOf(keyArn: string): string {
  return keyArn.slice(keyArn.lastIndexOf('/') + 1);
}

async function translated<Result>(place: KeyPlace, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    throw asStorageError(error, `/${place.bucket}/${place.key}`);
  }
}
