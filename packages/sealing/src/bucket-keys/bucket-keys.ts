import type { KeyDescription } from '../keys/key-description.ts';
import type { KeyReference, KeyService } from '../keys/key-service.ts';
import type { KeyCaller } from '../keys/key-use.ts';

export interface BucketKeysOptions {
  readonly keys: KeyService;
  readonly clock: () => Date;
  readonly lifetimeMilliseconds?: number;
  readonly maximumUses?: number;
}

/** What a wrapped object key belongs to. It opens for exactly this and for nothing else. */
export interface ObjectBinding {
  readonly bucketArn: string;
  /** The object's name, as S3 calls its key. */
  readonly objectName: string;
  /** Whatever tells this content from others of the same name: a version id, or an upload's part. */
  readonly versionId: string;
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

export class BucketKeys {
  readonly #options: BucketKeysOptions;

  constructor(options: BucketKeysOptions) {
    this.#options = options;
  }

  /** A fresh data key for one object or one part. */
  wrap(_request: WrapRequest): Promise<ObjectKey> {
    throw new Error(`not yet: ${this.#options.maximumUses}`);
  }

  /** @throws {KeyError} `InvalidCiphertextException`: altered, or another object's */
  unwrap(_request: UnwrapRequest): Promise<Buffer> {
    throw new Error('not yet');
  }

  /** The same data key for another object, part or key: a copy that seals nothing anew. */
  rewrap(_request: RewrapRequest): Promise<WrappedObjectKey> {
    throw new Error('not yet');
  }

  /** Which key wraps it, without opening it. */
  describe(_wrapped: Buffer): { readonly key: KeyDescription; readonly hasBucketKey: boolean } {
    throw new Error('not yet');
  }

  /** Forgets every key. */
  close(): void {}
}
