import type { IncomingChecksum, IncomingContent } from '../store/object-requests.ts';

/** Content in pieces of this size. */
export function contentOf(
  bytes: Buffer | string,
  options: { readonly pieceBytes?: number } & Partial<
    Pick<IncomingContent, 'sizeBytes' | 'contentMd5'>
  > & { readonly checksum?: IncomingChecksum } = {},
): IncomingContent {
  const { pieceBytes = 64 * 1024, ...others } = options;
  const whole = Buffer.from(bytes);
  async function* pieces() {
    for (let at = 0; at < whole.length; at += pieceBytes) {
      yield whole.subarray(at, at + pieceBytes);
    }
  }
  return { sizeBytes: whole.length, ...others, body: pieces() };
}

export async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
