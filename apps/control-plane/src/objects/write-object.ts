import type { ObjectStore } from '@strongroom/object-store';

type PutRequest = Parameters<ObjectStore['putObject']>[0];

export interface WriteObjectRequest extends Pick<PutRequest, 'bucket' | 'key' | 'caller'> {
  readonly body: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly conditions?: NonNullable<PutRequest['conditions']>;
  /** Awaited once all bytes are there; where it rejects, nothing is stored. */
  readonly beforeStored?: () => Promise<void>;
}

export interface PartSizes {
  /** A larger object is written in parts. */
  readonly largestPutBytes: number;
  readonly partBytes: number;
}

/** S3's bounds: 5 GiB for one put; 5 TiB in 10,000 parts (Amazon S3 User Guide, "Multipart upload limits"). */
const s3Sizes: PartSizes = { largestPutBytes: 5 * 1024 ** 3, partBytes: 1024 ** 3 };

/** One object of any size that S3 has, from one stream; it appears whole or not at all. */
export async function writeObject(
  store: ObjectStore,
  request: WriteObjectRequest,
  sizes: PartSizes = s3Sizes,
): Promise<void> {
  const { bucket, key, caller, body, sizeBytes, contentType, conditions, beforeStored } = request;
  const headers = { contentType };
  const whole = conditions === undefined ? {} : { conditions };
  if (sizeBytes <= sizes.largestPutBytes) {
    const content = { body: endedBy(body, beforeStored), sizeBytes };
    await store.putObject({ bucket, key, caller, headers, content, ...whole });
    return;
  }
  const { uploadId } = await store.createUpload({ bucket, key, caller, headers });
  const upload = { bucket, key, caller, uploadId };
  try {
    const parts = await writeParts(store, upload, { body, sizeBytes, ...sizes });
    await beforeStored?.();
    await store.completeUpload({ ...upload, parts, ...whole });
  } catch (error) {
    // Why it failed is what matters; what is left over ends with the bucket's rules.
    await store.abortUpload(upload).catch(() => undefined);
    throw error;
  }
}

async function* endedBy(
  body: AsyncIterable<Uint8Array>,
  act: (() => Promise<void>) | undefined,
): AsyncGenerator<Uint8Array> {
  yield* body;
  await act?.();
}

async function writeParts(
  store: ObjectStore,
  upload: Parameters<ObjectStore['abortUpload']>[0],
  { body, sizeBytes, partBytes }: Pick<WriteObjectRequest, 'body' | 'sizeBytes'> & PartSizes,
) {
  const pieces = new Pieces(body);
  const parts: { partNumber: number; etag: string }[] = [];
  for (let written = 0; written < sizeBytes; written += partBytes) {
    const partNumber = parts.length + 1;
    const partSize = Math.min(partBytes, sizeBytes - written);
    const content = { body: pieces.take(partSize), sizeBytes: partSize };
    const { etag } = await store.uploadPart({ ...upload, partNumber, content });
    parts.push({ partNumber, etag });
  }
  return parts;
}

/** A stream that is read on where the reader before stopped. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async *take(count: number): AsyncGenerator<Uint8Array> {
    let missing = count;
    while (missing > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#source.next();
        if (next.done) return;
        this.#rest = next.value;
      }
      const piece = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }
}
