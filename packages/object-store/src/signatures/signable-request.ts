import type { IncomingMessage } from 'node:http';
import { S3Error } from '../s3-error.ts';

/** What a signature speaks of, as it was sent. */
export interface SignableRequest {
  readonly method: string;
  /** Before the question mark, as it came. */
  readonly rawPath: string;
  /** Decoded, in the order they were sent. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** By name in lower case: every value, in the order they were sent. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** @throws {S3Error} `InvalidURI` where the address is not percent-encoded UTF-8 */
export function toSignableRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>,
): SignableRequest {
  const { method = '', url = '/', rawHeaders } = request;
  const mark = url.indexOf('?');
  const rawPath = mark === -1 ? url : url.slice(0, mark);
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [rawHeaders[at + 1] ?? '']);
    else values.push(rawHeaders[at + 1] ?? '');
  }
  return { method, rawPath, query: mark === -1 ? [] : parseQuery(url.slice(mark + 1)), headers };
}

/** @throws {S3Error} `InvalidURI` */
export function decodeUriComponent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function parseQuery(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals === -1) return [decodeQuery(pair), ''];
      return [decodeQuery(pair.slice(0, equals)), decodeQuery(pair.slice(equals + 1))];
    });
}

/** `+` is a space in a query, as in S3: `list-type=2&prefix=a+b` lists what begins with `a b`. */
function decodeQuery(text: string): string {
  return decodeUriComponent(text.replaceAll('+', ' '));
}
