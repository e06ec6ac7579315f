import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GetObjectResult } from '@strongroom/object-store';
import { setHeaders } from '../http/security-headers.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { AnswerContext } from './answer.ts';
import { invalidRequest } from './refusal.ts';
import { studioHeaders } from './security-headers.ts';

/**
 * What an object is served under: anybody who writes to the bucket chose its bytes, and this is the
 * origin of a studio, so no browser may take them for a page.
 */
const objectPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * Streams an object at the browser's pace. Settles when all is sent or the connection is over, so that
 * whatever ends the session cuts it.
 */
export async function sendObject(options: {
  readonly found: GetObjectResult;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: AnswerContext;
  readonly log: StudioLog;
}): Promise<void> {
  const { found, request, response, context, log } = options;
  const { stream, signal, info } = found;
  setHeaders(response, studioHeaders(objectPolicy, context));
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': info.sizeBytes,
    'content-disposition': 'attachment',
    'last-modified': info.lastModified.toUTCString(),
  });
  if (request.method === 'HEAD') return void response.end();
  try {
    await pipeline(Readable.from(stream, { objectMode: false }), response, { signal });
  } catch (error) {
    // Too late for an error: the browser must see that the answer is incomplete.
    response.destroy();
    log.info({ bucket: info.bucket, key: info.key, err: error }, 'A download broke off');
  }
}

/** @throws {StrongroomError} `InvalidRequest` where it does not say how long it is */
export function readUpload(request: IncomingMessage) {
  const length = request.headers['content-length'];
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw invalidRequest('Cannot write this object: the request does not say how long it is');
  }
  return {
    sizeBytes: Number(length),
    contentType: request.headers['content-type'] ?? 'application/octet-stream',
    // A store that refuses in the middle must not end the connection that its refusal goes over.
    body: request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
  };
}
