import { type PouredBytes, throughStage } from '../poured-bytes.ts';
import { S3Error } from '../s3-error.ts';
import { type RunningChecksum, startChecksum, startHash } from './checksums.ts';
import type { IncomingContent } from './object-requests.ts';

/**
 * A body on its way in. Its last piece is released only when all that was promised about the content is
 * true, so whoever passes it on never has the whole of a wrong one.
 */
export class VerifiedContent {
  readonly #content: IncomingContent;
  readonly #md5: RunningChecksum | undefined;
  readonly #running: RunningChecksum | undefined;
  #checksum: string | undefined;
  #failure: unknown;

  private constructor(content: IncomingContent, running: RunningChecksum | undefined) {
    this.#content = content;
    this.#running = running;
    if (content.contentMd5 !== undefined) this.#md5 = startHash('md5');
  }

  /** @throws {S3Error} `InvalidDigest` */
  static async start(content: IncomingContent): Promise<VerifiedContent> {
    const { contentMd5, checksum } = content;
    if (contentMd5 !== undefined && Buffer.from(contentMd5, 'base64').length !== 16) {
      throw new S3Error('InvalidDigest', `Cannot check Content-MD5 "${contentMd5}": it is no MD5`);
    }
    const running = checksum === undefined ? undefined : await startChecksum(checksum.algorithm);
    return new VerifiedContent(content, running);
  }

  /** Base64, in the algorithm that was asked for, once the body has ended. */
  get checksum(): string | undefined {
    return this.#checksum;
  }

  /** What the body failed with, for those to whom it is told wrapped into something else. */
  get failure(): unknown {
    return this.#failure;
  }

  get sizeBytes(): number {
    return this.#content.sizeBytes;
  }

  /** @throws {S3Error} `IncompleteBody`, `BadDigest`; or what the body itself failed with */
  async *body(): AsyncGenerator<Buffer, void, void> {
    try {
      for await (const bytes of this.#checked()) yield asBuffer(bytes);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /** The same, as `PouredBytes` has it. */
  async pour(take: (piece: Buffer) => Promise<void> | undefined): Promise<void> {
    await this.#checked().pour((piece) => take(asBuffer(piece)));
  }

  #checked(): PouredBytes {
    const { body, sizeBytes } = this.#content;
    let receivedBytes = 0;
    let last: Uint8Array | undefined;
    return throughStage(body, {
      pass: (piece) => {
        if (piece.length === 0) return undefined;
        receivedBytes += piece.length;
        if (receivedBytes > sizeBytes) throw incomplete(sizeBytes, 'more');
        this.#md5?.update(asBuffer(piece));
        this.#running?.update(asBuffer(piece));
        if (receivedBytes < sizeBytes) return piece;
        last = piece;
        return undefined;
      },
      end: () => {
        if (receivedBytes < sizeBytes) throw incomplete(sizeBytes, 'fewer');
        this.#verify();
        return last;
      },
    });
  }

  #verify(): void {
    const { contentMd5, checksum } = this.#content;
    this.#checksum = this.#running?.digest();
    if (contentMd5 !== undefined && this.#md5?.digest() !== contentMd5) {
      throw new S3Error('BadDigest', 'Cannot keep the content: its Content-MD5 is another');
    }
    const expected = checksum?.expected?.();
    if (expected !== undefined && expected !== this.#checksum) {
      const message = `Cannot keep the content: its ${checksum?.algorithm} is not "${expected}"`;
      throw new S3Error('BadDigest', message);
    }
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function incomplete(sizeBytes: number, how: 'more' | 'fewer'): S3Error {
  const message = `Cannot keep the content: ${how} than the ${sizeBytes} bytes that were announced`;
  return new S3Error('IncompleteBody', message);
}
