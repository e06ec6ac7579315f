import type { ServerResponse } from 'node:http';
import type { AnswerHeaders } from './headers/object-answer.ts';

export interface S3Answer {
  readonly status: number;
  readonly headers?: AnswerHeaders;
  /** Text of XML unless the headers say otherwise. */
  readonly text?: string;
  /** As many bytes as `content-length` in the headers says. */
  readonly stream?: AsyncIterable<Buffer>;
}

export function xmlAnswer(text: string, headers: AnswerHeaders = {}): S3Answer {
  return { status: 200, headers, text };
}

export const noContent: S3Answer = { status: 204 };

/** Resolves with the bytes of the body when all has been handed to the connection. */
export async function sendAnswer(
  response: ServerResponse,
  answer: S3Answer,
  isHead: boolean,
): Promise<number> {
  const { status, headers = {}, text, stream } = answer;
  if (stream !== undefined && !isHead) return sendStream(response, status, headers, stream);
  const body = text === undefined ? undefined : Buffer.from(text);
  const isEmpty = status === 204 || status === 304;
  response.writeHead(status, {
    ...(body === undefined || isHead ? {} : { 'content-type': 'application/xml' }),
    ...(isEmpty || isHead ? {} : { 'content-length': String(body?.length ?? 0) }),
    ...headers,
  });
  const sent = isHead || isEmpty ? undefined : body;
  response.end(sent);
  return sent?.length ?? 0;
}

/**
 * The first bytes are waited for before the head is sent, so that a key that is disabled or data
 * that is damaged is answered as an error. What fails later cuts the connection: a client must never
 * take a part for the whole.
 */
async function sendStream(
  response: ServerResponse,
  status: number,
  headers: AnswerHeaders,
  stream: AsyncIterable<Buffer>,
): Promise<number> {
  const chunks = stream[Symbol.asyncIterator]();
  let sentBytes = 0;
  try {
    let next = await chunks.next();
    response.writeHead(status, headers);
    while (next.done !== true) {
      sentBytes += next.value.length;
      const goesOn = response.write(next.value);
      if (!goesOn && !(await isDrained(response))) return sentBytes;
      next = await chunks.next();
    }
    response.end();
    return sentBytes;
  } finally {
    await chunks.return?.();
  }
}

/** False where the client has gone. */
function isDrained(response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onDrain = () => settle(true);
    const onClose = () => settle(false);
    function settle(drained: boolean): void {
      response.off('drain', onDrain).off('close', onClose);
      resolve(drained);
    }
    response.on('drain', onDrain).on('close', onClose);
  });
}
