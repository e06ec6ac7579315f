import type { IncomingMessage } from 'node:http';
import { SignatureError } from './signature-error.ts';

/** What a signature speaks of, as it was sent. */
export interface SignableRequest {
  readonly method: string;
  /** Before the question mark. */
  readonly path: string;
  /** Decoded, in the order they were sent. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** By name in lower case: every value, in the order they were sent. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** @throws {SignatureError} `IncompleteSignature` where the query does not decode */
export function toSignableRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>,
): SignableRequest {
  const { method = '', url = '/', rawHeaders } = request;
  const [path = '/', ...afterPath] = url.split('?');
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), rawHeaders[at + 1] ?? '']);
  }
  return { method, path, query: parseQuery(afterPath.join('?')), headers };
}

/** The only value; `undefined` where there is none. */
export function onlyValue(values: readonly string[], name: string): string | undefined {
  if (values.length <= 1) return values[0];
  throw new SignatureError('IncompleteSignature', `${name} is given more than once`);
}

function parseQuery(text: string): [string, string][] {
  if (text === '') return [];
  return text.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [decode(name), decode(value.join('='))];
  });
}

/** `+` is itself here, and no space. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SignatureError('IncompleteSignature', 'The query string is not valid');
  }
}
