import { createHash, timingSafeEqual } from 'node:crypto';
import { S3Error } from '../s3-error.ts';
import { ByteCursor } from './byte-cursor.ts';
import { emptyHash, keyedHash, sha256 } from './calculate-signature.ts';
import { readTrailer } from './trailer.ts';
import type { ChunkSeed } from './verify-signature.ts';

export interface ChunkedBodyOptions {
  /** Absent: the chunks carry no signatures. */
  readonly seed?: ChunkSeed;
  readonly hasTrailer: boolean;
  /** Names in lower case that `x-amz-trailer` announced. */
  readonly announcedTrailers: readonly string[];
  readonly onTrailer: (name: string, value: string) => void;
}

const headerLimitBytes = 1024;

/**
 * Takes the framing of `aws-chunked` off (S3 API Reference, "Signature Calculations for the
 * Authorization Header: Transferring Payload in Multiple Chunks"). A chunk is handed on while it
 * comes; INVARIANT: the generator ends only when every signature up to the trailer's has been right.
 */
export async function* decodeChunkedBody(
  raw: AsyncIterable<Uint8Array>,
  options: ChunkedBodyOptions,
): AsyncGenerator<Buffer> {
  const cursor = new ByteCursor(raw);
  const signatures = options.seed === undefined ? undefined : new ChunkSignatures(options.seed);
  for (;;) {
    const header = parseHeader(await cursor.readLine(headerLimitBytes), signatures !== undefined);
    const hash = signatures === undefined ? undefined : createHash('sha256');
    for (let left = header.sizeBytes; left > 0; ) {
      const piece = await cursor.readSome(left);
      hash?.update(piece);
      left -= piece.length;
      yield piece;
    }
    if (hash !== undefined) signatures?.verifyChunk(hash.digest('hex'), header.signature);
    if (header.sizeBytes === 0) break;
    await expectLineEnd(cursor);
  }
  if (options.hasTrailer) await readTrailer(cursor, { ...options, signatures });
  else await expectLineEnd(cursor);
  if (!(await cursor.isAtEnd())) throw malformed('There are bytes after the last chunk');
}

/** Each signature goes on from the one before, so that no chunk can be moved, left out or repeated. */
export class ChunkSignatures {
  readonly #seed: ChunkSeed;
  #previous: string;

  constructor(seed: ChunkSeed) {
    this.#seed = seed;
    this.#previous = seed.signature;
  }

  verifyChunk(hash: string, signature: string): void {
    this.#verify('AWS4-HMAC-SHA256-PAYLOAD', `${emptyHash}\n${hash}`, signature);
  }

  verifyTrailer(canonicalTrailer: string, signature: string): void {
    this.#verify('AWS4-HMAC-SHA256-TRAILER', sha256(canonicalTrailer), signature);
  }

  #verify(algorithm: string, hashes: string, signature: string): void {
    const { signingKey, timestamp, scope } = this.#seed;
    const text = [algorithm, timestamp, scope, this.#previous, hashes].join('\n');
    const expected = keyedHash(signingKey, text);
    if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
      throw new S3Error(
        'SignatureDoesNotMatch',
        'The chunk signature we calculated does not match the signature you provided.',
      );
    }
    this.#previous = signature;
  }
}

function parseHeader(line: string, isSigned: boolean): { sizeBytes: number; signature: string } {
  const [, size, signature = ''] =
    /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
  if (size === undefined) throw malformed('A chunk header is not well-formed');
  if (isSigned && signature === '') throw malformed('A chunk has no signature');
  return { sizeBytes: Number.parseInt(size, 16), signature };
}

async function expectLineEnd(cursor: ByteCursor): Promise<void> {
  if ((await cursor.readLine(2)) !== '') throw malformed('A chunk is longer than it says');
}

function malformed(message: string): S3Error {
  return new S3Error('InvalidRequest', message);
}
