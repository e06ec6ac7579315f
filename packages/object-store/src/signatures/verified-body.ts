import { createHash } from 'node:crypto';
import { type Stage, throughStage } from '../poured-bytes.ts';
import { S3Error } from '../s3-error.ts';
import { decodeChunkedBody } from './chunked-body.ts';
import type { VerifiedSignature } from './verify-signature.ts';

export interface VerifiedBody {
  /**
   * INVARIANT: the last bytes are released only after the whole has been verified, so that whoever
   * counts bytes and stops reading has no more than a part of what is not verified.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Filled when the body has ended. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** The body without its framing, held to what the request's signature says of it. */
export function verifiedBody(
  raw: AsyncIterable<Uint8Array>,
  signature: Pick<VerifiedSignature<unknown>, 'payload' | 'chunkSeed'>,
  announcedTrailers: readonly string[],
): VerifiedBody {
  const { payload, chunkSeed } = signature;
  const trailers = new Map<string, string>();
  if (payload.kind === 'unsigned') return { body: raw, trailers };
  if (payload.kind === 'hashed') {
    return { body: throughStage(raw, new HashCheck(payload.sha256)), trailers };
  }
  const body = decodeChunkedBody(raw, {
    ...(payload.isSigned ? { seed: chunkSeed } : {}),
    ...{ hasTrailer: payload.hasTrailer, announcedTrailers },
    onTrailer: (name, value) => trailers.set(name, value),
  });
  return { body: holdingBackLast(body), trailers };
}

class HashCheck implements Stage {
  readonly #expected: string;
  readonly #hash = createHash('sha256');
  #held: Uint8Array | undefined;

  constructor(expected: string) {
    this.#expected = expected;
  }

  pass(piece: Uint8Array): Uint8Array | undefined {
    this.#hash.update(piece);
    const before = this.#held;
    this.#held = piece;
    return before;
  }

  end(): Uint8Array | undefined {
    const computed = this.#hash.digest('hex');
    if (computed === this.#expected) return this.#held;
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      {
        details: {
          ClientComputedContentSHA256: this.#expected,
          S3ComputedContentSHA256: computed,
        },
      },
    );
  }
}

async function* holdingBackLast(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (held !== undefined) yield held;
}
