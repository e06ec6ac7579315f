import type { ServerResponse } from 'node:http';
import type { ErrorReply } from './error-reply.ts';

/** Answers outside of the console's own application. */
export function sendError(response: ServerResponse, { status, headers, body }: ErrorReply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}
