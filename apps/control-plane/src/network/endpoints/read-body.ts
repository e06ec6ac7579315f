import type { IncomingMessage } from 'node:http';

/** `undefined`: there is more of it than may be; nothing further of it is kept. */
export async function readBody(
  request: IncomingMessage,
  maximumBytes: number,
): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return undefined;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // The request stays whole where this ends early, so that it can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
