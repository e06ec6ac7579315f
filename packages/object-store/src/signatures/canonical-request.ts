import { S3Error } from '../s3-error.ts';
import { decodeUriComponent, type SignableRequest } from './signable-request.ts';

/**
 * The text that is signed (Amazon S3 API Reference, "Signature Calculations for the Authorization
 * Header"). S3 signs the name of an object as it is, encoded once, dots and empty segments included.
 *
 * Two texts where the path was sent with characters that the specification encodes, such as `(`:
 * some programs sign what they send, others what the specification says. Both name the same object.
 */
export function canonicalRequests(options: {
  readonly request: SignableRequest;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}): readonly string[] {
  const { request, signedHeaders, payloadHash } = options;
  const names = [...signedHeaders].sort();
  const afterPath = [
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${canonicalHeader(request, name)}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
  const paths = new Set([request.rawPath, canonicalPath(request.rawPath)]);
  return [...paths].map((path) => [request.method, path, afterPath].join('\n'));
}

function canonicalPath(rawPath: string): string {
  return rawPath
    .split('/')
    .map((segment) => encodeUriComponent(decodeUriComponent(segment)))
    .join('/');
}

function canonicalQuery(query: SignableRequest['query']): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeUriComponent(name), encodeUriComponent(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalHeader({ headers }: SignableRequest, name: string): string {
  const values = headers.get(name);
  if (values === undefined) {
    throw new S3Error('SignatureDoesNotMatch', `The signed header ${name} is missing`);
  }
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}

/** Everything but RFC 3986's unreserved characters, byte by byte. */
export function encodeUriComponent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
