import { randomBytes } from 'node:crypto';
import type { EncryptionContext } from '../keys/encryption-context.ts';
import type { KeyDescription } from '../keys/key-description.ts';
import type { KeyReference } from '../keys/key-reference.ts';
import type { KeyService } from '../keys/key-service.ts';
import type { KeyAction, KeyCaller } from '../keys/key-use.ts';
import {
  decodeObjectKey,
  encodeObjectKey,
  type ObjectBinding,
  unwrapObjectKey,
  type WrappingKey,
  wrapObjectKey,
} from './object-key-blob.ts';
import { type OpenedKey, OpenedKeys } from './opened-keys.ts';

export interface BucketKeysOptions {
  readonly keys: KeyService;
  readonly clock: () => Date;
  /** Default 5 minutes. */
  readonly lifetimeMilliseconds?: number;
  /** Of one opened bucket key. Default a million. */
  readonly maximumUses?: number;
}

export interface WrapRequest {
  readonly key: KeyReference;
  readonly binding: ObjectBinding;
  readonly caller: KeyCaller;
  /** Default true. Without, the provider is asked for each object. */
  readonly useBucketKey?: boolean;
}

export interface UnwrapRequest {
  readonly wrapped: Buffer;
  readonly binding: ObjectBinding;
  readonly caller: KeyCaller;
}

export interface RewrapRequest extends UnwrapRequest {
  /** What it is to belong to from now on. Default: the same. */
  readonly newBinding?: ObjectBinding;
  /** Default: the key that wraps it now. */
  readonly key?: KeyReference;
  /** Default: as it is now. */
  readonly useBucketKey?: boolean;
}

export interface WrappedObjectKey {
  /** Self-contained: all that `unwrap` needs beside the key service. */
  readonly wrapped: Buffer;
  readonly keyArn: string;
  readonly keyId: string;
  readonly hasBucketKey: boolean;
}

export interface ObjectKey extends WrappedObjectKey {
  /** 32 bytes, fresh, for one stream. */
  readonly dataKey: Buffer;
}

const minuteMilliseconds = 60_000;
/** Each key that is kept opened is some 200 bytes. */
const maximumOpenedCount = 4_096;

/**
 * Keys of objects, wrapped by a key of their bucket, so that the key service is not asked for every object
 * (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"). INVARIANT: whoever
 * wants a key is authorised and recorded, also where it is known already; and what a key opened is
 * forgotten in the turn in which the key is disabled.
 */
export class BucketKeys {
  readonly #keys: KeyService;
  readonly #forSealing: OpenedKeys;
  readonly #forOpening: OpenedKeys;
  readonly #asked = new Map<string, Promise<unknown>>();
  readonly #stopListening: () => void;
  #changeCount = 0;
  readonly #sweeping: NodeJS.Timeout;

  constructor(options: BucketKeysOptions) {
    const { keys, clock } = options;
    const lifetimeMilliseconds = options.lifetimeMilliseconds ?? 5 * minuteMilliseconds;
    const maximumUses = options.maximumUses ?? 1_000_000;
    const limits = { clock, lifetimeMilliseconds, maximumUses, maximumCount: maximumOpenedCount };
    this.#keys = keys;
    this.#forSealing = new OpenedKeys(limits);
    this.#forOpening = new OpenedKeys(limits);
    this.#stopListening = keys.on('changed', ({ keyId }) => {
      this.#changeCount += 1;
      this.#forSealing.forget(keyId);
      this.#forOpening.forget(keyId);
    });
    this.#sweeping = setInterval(() => this.#forgetExpired(), lifetimeMilliseconds);
    this.#sweeping.unref();
  }

  /** A fresh data key for one object or one part. @throws {KeyError} */
  async wrap({ key, binding, caller, useBucketKey = true }: WrapRequest): Promise<ObjectKey> {
    const wrapping = await this.#wrappingKey({ key, binding, caller, useBucketKey });
    const dataKey = randomBytes(32);
    return { dataKey, ...describeWrapped(wrapObjectKey(dataKey, wrapping, binding), wrapping) };
  }

  /** @throws {KeyError} `InvalidCiphertextException`: altered, or another object's */
  async unwrap({ wrapped, binding, caller }: UnwrapRequest): Promise<Buffer> {
    const blob = decodeObjectKey(wrapped);
    const { wrappedWrappingKey, hasBucketKey } = blob;
    const context = contextOf(binding, hasBucketKey);
    const open = () => this.#keys.decrypt({ wrapped: wrappedWrappingKey, context, caller });
    if (!hasBucketKey) return unwrapObjectKey(blob, await open(), binding);
    const { keyId, arn: keyArn } = this.#keys.keyOfBlob(wrappedWrappingKey);
    const { dataKey } = await this.#opened({
      ...{ cache: this.#forOpening, keyId, context, caller, action: 'kms:Decrypt' },
      name: `${binding.bucketArn} ${wrappedWrappingKey.toString('base64')}`,
      ask: async () => ({ keyId, keyArn, wrapped: wrappedWrappingKey, dataKey: await open() }),
    });
    return unwrapObjectKey(blob, dataKey, binding);
  }

  /**
   * The same data key for another object, part or key, so that a copy seals nothing anew. The caller
   * needs to be allowed to open it and to seal with the new key.
   */
  async rewrap(request: RewrapRequest): Promise<WrappedObjectKey> {
    const { wrapped, binding, caller, newBinding = binding } = request;
    const present = this.describe(wrapped);
    const { key = present.key.keyId, useBucketKey = present.hasBucketKey } = request;
    const dataKey = await this.unwrap(request);
    const wrapping = await this.#wrappingKey({ key, binding: newBinding, caller, useBucketKey });
    return describeWrapped(wrapObjectKey(dataKey, wrapping, newBinding), wrapping);
  }

  /** The same under the newest version of its key: evidence, after a rotation, that old versions are not needed. */
  async refresh({ wrapped, binding, caller }: UnwrapRequest): Promise<Buffer> {
    const blob = decodeObjectKey(wrapped);
    const context = contextOf(binding, blob.hasBucketKey);
    const present = { wrapped: blob.wrappedWrappingKey, context, caller };
    return encodeObjectKey({ ...blob, wrappedWrappingKey: await this.#keys.rewrap(present) });
  }

  /** Which key wraps it, without opening it. @throws {KeyError} `NotFoundException` */
  describe(wrapped: Buffer): { readonly key: KeyDescription; readonly hasBucketKey: boolean } {
    const { wrappedWrappingKey, hasBucketKey } = decodeObjectKey(wrapped);
    return { key: this.#keys.keyOfBlob(wrappedWrappingKey), hasBucketKey };
  }

  /** Forgets every key. */
  close(): void {
    clearInterval(this.#sweeping);
    this.#stopListening();
    this.#forSealing.forgetAll();
    this.#forOpening.forgetAll();
  }

  async #wrappingKey({ key, binding, caller, useBucketKey }: Required<WrapRequest>) {
    const { keyId } = this.#keys.describe(key);
    const context = contextOf(binding, useBucketKey);
    const ask = async () => ({
      ...(await this.#keys.generateDataKey({ key: keyId, context, caller })),
      keyId,
    });
    if (!useBucketKey) return { ...(await ask()), hasBucketKey: false };
    const opened = await this.#opened({
      ...{ cache: this.#forSealing, keyId, context, caller, action: 'kms:GenerateDataKey' },
      name: `${binding.bucketArn} ${keyId}`,
      ask,
    });
    return { ...opened, hasBucketKey: true };
  }

  /**
   * Many who want the same key at once wait for one who asks for it, and are then judged each for
   * themselves. If that one is refused, the next asks.
   */
  async #opened({ cache, name, keyId, action, context, caller, ask }: Opening): Promise<OpenedKey> {
    for (;;) {
      if (cache.has(name)) {
        await this.#keys.authorizeUse({ key: keyId, action, context, caller });
        const opened = cache.take(name);
        // Expired or purged while the caller was judged.
        if (opened === undefined) continue;
        return opened;
      }
      const asked = this.#asked.get(name);
      if (asked !== undefined) {
        await asked.catch(() => undefined);
        continue;
      }
      const changeCount = this.#changeCount;
      const asking = ask().then((opened) => {
        // What was asked for before a change is not kept after it.
        if (changeCount === this.#changeCount) cache.put(name, opened);
        return opened;
      });
      this.#asked.set(name, asking);
      try {
        return await asking;
      } finally {
        this.#asked.delete(name);
      }
    }
  }

  #forgetExpired(): void {
    this.#forSealing.forgetExpired();
    this.#forOpening.forgetExpired();
  }
}

interface Opening {
  readonly cache: OpenedKeys;
  readonly name: string;
  readonly keyId: string;
  readonly action: KeyAction;
  readonly context: EncryptionContext;
  readonly caller: KeyCaller;
  readonly ask: () => Promise<OpenedKey>;
}

/** As Amazon S3 does: the bucket's ARN with a bucket key, the object's without. */
function contextOf({ bucketArn, objectName }: ObjectBinding, useBucketKey: boolean) {
  return { 'aws:s3:arn': useBucketKey ? bucketArn : `${bucketArn}/${objectName}` };
}

function describeWrapped(
  wrapped: Buffer,
  { keyArn, keyId, hasBucketKey }: WrappingKey & OpenedKey,
): WrappedObjectKey {
  return { wrapped, keyArn, keyId, hasBucketKey };
}
