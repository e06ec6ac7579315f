import type { SignableRequest } from './signable-request.ts';
import { SignatureError } from './signature-error.ts';

/**
 * The text that is signed (IAM User Guide, "Create a signed AWS API request", "Create a canonical
 * request").
 */
export function canonicalRequest(options: {
  readonly request: SignableRequest;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}): string {
  const { request, service, signedHeaders, payloadHash } = options;
  const names = [...signedHeaders].sort();
  return [
    request.method,
    service === 's3' ? encodedOnce(request.path) : encodedTwice(request.path),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${canonicalHeader(request, name)}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
}

/** S3 signs the name of an object as it is, dots and empty segments included. */
function encodedOnce(path: string): string {
  return path.split('/').map(recode).join('/');
}

function encodedTwice(path: string): string {
  return withoutDotSegments(path).split('/').map(encode).join('/');
}

function recode(segment: string): string {
  try {
    return encode(decodeURIComponent(segment));
  } catch {
    throw new SignatureError('IncompleteSignature', 'The path is not valid');
  }
}

/** RFC 3986, section 5.2.4, and no empty segments. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const isFolder = /\/\.{0,2}$/.test(path) && kept.length > 0;
  return `/${kept.join('/')}${isFolder ? '/' : ''}`;
}

function canonicalQuery(query: SignableRequest['query']): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalHeader({ headers }: SignableRequest, name: string): string {
  const values = headers.get(name);
  if (values === undefined) {
    throw new SignatureError('SignatureDoesNotMatch', `The signed header ${name} is missing`);
  }
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}

/** Everything but RFC 3986's unreserved characters, byte by byte. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
