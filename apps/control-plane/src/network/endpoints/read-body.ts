import type { IncomingMessage } from 'node:http';

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** @throws {BodyTooLargeError} */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > maximumBytes)
      throw new BodyTooLargeError('Cannot read the request: it is too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
