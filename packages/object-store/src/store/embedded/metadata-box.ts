import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealedDataError } from '@strongroom/sealing';
import type { Tags } from '../bucket-settings.ts';
import type { SystemHeaders } from '../object-info.ts';

/** What people wrote about an object, and what S3 tells without its key. */
export interface Metadata {
  readonly headers: SystemHeaders;
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly websiteRedirectLocation?: string;
}

/** The row it belongs to. In any other it does not open. */
export interface MetadataPlace {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals metadata under a key of the store's own and not under the object's, because S3 answers a HEAD
 * also where the object's key is disabled. AES-256-GCM with random nonces: good for 2^32 writes.
 */
export class MetadataBox {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new RangeError('Cannot use the metadata key: it is not 32 bytes');
    this.#key = key;
  }

  seal(metadata: Metadata, place: MetadataPlace): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(placeBytes(place));
    const sealed = cipher.update(JSON.stringify(metadata), 'utf8');
    return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws {SealedDataError} */
  open(box: Buffer, place: MetadataPlace): Metadata {
    try {
      const nonce = box.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, {
        authTagLength: tagBytes,
      });
      decipher.setAAD(placeBytes(place)).setAuthTag(box.subarray(-tagBytes));
      const plain = decipher.update(box.subarray(nonceBytes, -tagBytes));
      return JSON.parse(Buffer.concat([plain, decipher.final()]).toString('utf8'));
    } catch (error) {
      const message = `Cannot open the metadata of "${place.bucket}/${place.key}": it is damaged`;
      throw new SealedDataError(message, { cause: error });
    }
  }
}

function placeBytes(place: MetadataPlace): Buffer {
  const { bucket, key, versionId, sizeBytes, etag } = place;
  return Buffer.from(JSON.stringify([bucket, key, versionId, sizeBytes, etag]));
}
