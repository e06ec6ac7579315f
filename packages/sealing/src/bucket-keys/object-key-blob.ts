import { openBytes, sealBytes } from '../aes-gcm.ts';
import { contextBytes } from '../keys/encryption-context.ts';
import { KeyError } from '../keys/key-error.ts';

/** What a wrapped object key belongs to. It opens for exactly this and for nothing else. */
export interface ObjectBinding {
  readonly bucketArn: string;
  /** The object's name, as S3 calls its key. */
  readonly objectName: string;
  /** Whatever tells this content from others of the same name: a version id, or an upload's part. */
  readonly versionId: string;
}

/** What wraps object keys: a bucket's key, or a key for one object. */
export interface WrappingKey {
  readonly dataKey: Buffer;
  /** The same, wrapped by the key service. */
  readonly wrapped: Buffer;
  readonly hasBucketKey: boolean;
}

/**
 * A wrapped object key is self-contained:
 *
 * ```
 * magic 3 | kind 1: B bucket key, O the object's own | length 2 | wrapping key, wrapped by the key service
 * | nonce 12 | object key 32 | tag 16
 * ```
 *
 * Bucket, name and version are authenticated and not stored. The wrapping key's blob is not, so that it
 * can be wrapped anew after a rotation while this object key stays as it is.
 */
const magic = Buffer.from('SRO');
const kinds = { bucket: 0x42, object: 0x4f };
const headBytes = magic.length + 3;
const sealedKeyBytes = 12 + 32 + 16;

export interface ObjectKeyBlob {
  readonly hasBucketKey: boolean;
  readonly wrappedWrappingKey: Buffer;
  readonly sealedObjectKey: Buffer;
}

export function encodeObjectKey(blob: ObjectKeyBlob): Buffer {
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head[magic.length] = blob.hasBucketKey ? kinds.bucket : kinds.object;
  head.writeUInt16BE(blob.wrappedWrappingKey.length, magic.length + 1);
  return Buffer.concat([head, blob.wrappedWrappingKey, blob.sealedObjectKey]);
}

/** @throws {KeyError} `InvalidCiphertextException` */
export function decodeObjectKey(wrapped: Buffer): ObjectKeyBlob {
  const kind = wrapped[magic.length];
  const isWhole =
    wrapped.length > headBytes + sealedKeyBytes &&
    wrapped.subarray(0, magic.length).equals(magic) &&
    (kind === kinds.bucket || kind === kinds.object) &&
    wrapped.length === headBytes + wrapped.readUInt16BE(magic.length + 1) + sealedKeyBytes;
  if (!isWhole) {
    throw new KeyError('InvalidCiphertextException', 'Cannot open an object key: it is not one');
  }
  const sealedOffset = wrapped.length - sealedKeyBytes;
  return {
    hasBucketKey: kind === kinds.bucket,
    wrappedWrappingKey: wrapped.subarray(headBytes, sealedOffset),
    sealedObjectKey: wrapped.subarray(sealedOffset),
  };
}

export function wrapObjectKey(
  objectKey: Buffer,
  { dataKey, wrapped, hasBucketKey }: WrappingKey,
  binding: ObjectBinding,
): Buffer {
  const sealedObjectKey = sealBytes(dataKey, objectKey, placeOf(binding, hasBucketKey));
  return encodeObjectKey({ hasBucketKey, wrappedWrappingKey: wrapped, sealedObjectKey });
}

/** @throws {KeyError} `InvalidCiphertextException` */
export function unwrapObjectKey(
  { sealedObjectKey, hasBucketKey }: ObjectKeyBlob,
  wrappingKey: Buffer,
  binding: ObjectBinding,
): Buffer {
  const objectKey = openBytes(wrappingKey, sealedObjectKey, placeOf(binding, hasBucketKey));
  if (objectKey !== undefined) return objectKey;
  const { bucketArn, objectName } = binding;
  const message = `Cannot open the key of "${bucketArn}/${objectName}": it is another object's, or damaged`;
  throw new KeyError('InvalidCiphertextException', message);
}

function placeOf({ bucketArn, objectName, versionId }: ObjectBinding, hasBucketKey: boolean) {
  const kind = hasBucketKey ? 'bucket key' : 'own key';
  return contextBytes({ purpose: 'strongroom object key', kind, bucketArn, objectName, versionId });
}
