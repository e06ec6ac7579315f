import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What an Authorization header claims, before anything of it is believed. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string;
}

/** AWS's own error codes (AWS STS API Reference, "Common Errors"). */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly code: 'MissingAuthenticationToken' | 'IncompleteSignature' | 'SignatureDoesNotMatch';

  constructor(code: SignatureError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const algorithm = 'AWS4-HMAC-SHA256';
const maximumSkewMilliseconds = 15 * 60 * 1000;
const credentialPattern =
  /^([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,32})\/aws4_request$/;

/** @throws {SignatureError} where the request carries no signature that could be checked */
export function readSignatureClaim({ headers }: SignedRequest): SignatureClaim {
  const authorization = single(headers.authorization);
  const sessionToken = single(headers['x-amz-security-token']);
  if (authorization === undefined || sessionToken === undefined) {
    throw new SignatureError(
      'MissingAuthenticationToken',
      'Request is missing Authentication Token',
    );
  }
  const [name, ...rest] = authorization.split(' ');
  const parts = new Map(
    rest
      .join(' ')
      .split(',')
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
      }),
  );
  const [, accessKeyId, day, region, service] =
    credentialPattern.exec(parts.get('Credential') ?? '') ?? [];
  const signedHeaders = (parts.get('SignedHeaders') ?? '').split(';');
  const signature = parts.get('Signature') ?? '';
  const isComplete =
    name === algorithm &&
    /^[0-9a-f]{64}$/.test(signature) &&
    // What is not signed could have been put there by anybody.
    ['host', 'x-amz-date', 'x-amz-security-token'].every((each) => signedHeaders.includes(each));
  if (!isComplete || !accessKeyId || !day || !region || !service) {
    throw new SignatureError(
      'IncompleteSignature',
      'The Authorization header is not a Signature Version 4',
    );
  }
  return { accessKeyId, day, region, service, signedHeaders, signature, sessionToken };
}

/**
 * Recomputes the signature (IAM User Guide, "Create a signed AWS API request") over the request as it
 * came, the real body included.
 *
 * @throws {SignatureError} `SignatureDoesNotMatch`
 */
export function verifySignature(
  request: SignedRequest,
  claim: SignatureClaim,
  { secretAccessKey, now }: { readonly secretAccessKey: string; readonly now: Date },
): void {
  const date = single(request.headers['x-amz-date']) ?? '';
  const time = parseAmzDate(date);
  if (time === undefined || !date.startsWith(claim.day))
    throw doesNotMatch('Date in Credential scope does not match the date of the request');
  if (Math.abs(time - now.getTime()) > maximumSkewMilliseconds) {
    throw doesNotMatch(
      `Signature expired: ${date} is more than 15 minutes from the time of the server`,
    );
  }
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`;
  const toSign = [algorithm, date, scope, sha256(canonicalRequest(request, claim.signedHeaders))];
  const key = ['aws4_request', claim.service, claim.region, claim.day].reduceRight(
    (secret: Buffer, part) => hmac(secret, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  const expected = hmac(key, toSign.join('\n'));
  if (timingSafeEqual(expected, Buffer.from(claim.signature, 'hex'))) return;
  throw doesNotMatch(
    'The request signature we calculated does not match the signature you provided.',
  );
}

export function canonicalRequest(
  { method, target, headers, body }: SignedRequest,
  signedHeaders: readonly string[],
): string {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query = at < 0 ? '' : target.slice(at + 1);
  const lines = signedHeaders.map((name) => `${name}:${headerText(headers[name])}\n`);
  return [
    method,
    // Every service but S3 encodes what is encoded already.
    path.split('/').map(encode).join('/') || '/',
    canonicalQuery(query),
    lines.join(''),
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const;
  });
  return pairs
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function headerText(value: string | string[] | undefined): string {
  return [value ?? '']
    .flat()
    .map((each) => each.trim().replace(/ +/g, ' '))
    .join(',');
}

/** RFC 3986's unreserved characters stay as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parseAmzDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? undefined : value;
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function doesNotMatch(message: string): SignatureError {
  return new SignatureError('SignatureDoesNotMatch', message);
}
