import type { IncomingMessage } from 'node:http';
import { S3Error } from '../s3-error.ts';

/**
 * The bytes as they come, no faster than they are taken. The request survives where they are not
 * taken to the end, so that a refusal can still be answered.
 */
export async function* receivedBytes(
  request: IncomingMessage,
  onBegin: () => void,
): AsyncGenerator<Uint8Array> {
  onBegin();
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk;
  } catch (cause) {
    throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly', { cause });
  }
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const lingerMilliseconds = 10_000;

/**
 * What a client still sends after it has been answered is thrown away, for a while: a connection
 * that is reset would take the answer with it.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), lingerMilliseconds);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
}
