import { onlyValue, type SignableRequest } from './signable-request.ts';
import { SignatureError } from './signature-error.ts';

/** What a request says of its own signature; nothing of it is believed yet. */
export interface ClaimedSignature {
  readonly accessKeyId: string;
  /** `<date>/<region>/<service>/aws4_request` */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits in lower case. */
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Of a presigned URL. */
  readonly lifetimeSeconds: number | undefined;
}

export const algorithm = 'AWS4-HMAC-SHA256';
const maximumLifetimeSeconds = 7 * 24 * 60 * 60;

/** @throws {SignatureError} `MissingAuthenticationToken`, `IncompleteSignature` */
export function parseAuthorization(request: SignableRequest): ClaimedSignature {
  const authorization = header(request, 'authorization');
  const isPresigned = parameter(request, 'X-Amz-Signature') !== undefined;
  if (authorization !== undefined && isPresigned) throw incomplete('There are two signatures');
  if (authorization !== undefined) return parseHeaderForm(request, authorization);
  if (isPresigned) return parseQueryForm(request);
  const message = 'Request is missing Authentication Token';
  throw new SignatureError('MissingAuthenticationToken', message);
}

function parseHeaderForm(request: SignableRequest, authorization: string): ClaimedSignature {
  if (!authorization.startsWith(`${algorithm} `)) throw incomplete(`Only ${algorithm} is known`);
  const fields = new Map<string, string>();
  for (const field of authorization.slice(algorithm.length).split(',')) {
    const [name = '', ...value] = field.trim().split('=');
    if (fields.has(name)) throw incomplete(`${name} is given more than once`);
    fields.set(name, value.join('='));
  }
  return {
    ...parseCredential(fields.get('Credential')),
    signedHeaders: parseSignedHeaders(fields.get('SignedHeaders')),
    signature: parseSignature(fields.get('Signature')),
    timestamp: parseTimestamp(header(request, 'x-amz-date')),
    sessionToken: header(request, 'x-amz-security-token'),
    lifetimeSeconds: undefined,
  };
}

function parseQueryForm(request: SignableRequest): ClaimedSignature {
  if (parameter(request, 'X-Amz-Algorithm') !== algorithm) {
    throw incomplete(`Only ${algorithm} is known`);
  }
  const lifetime = parameter(request, 'X-Amz-Expires') ?? '';
  const lifetimeSeconds = Number(lifetime);
  if (!/^\d{1,6}$/.test(lifetime) || lifetimeSeconds > maximumLifetimeSeconds) {
    throw incomplete('X-Amz-Expires must be a number of seconds, at most 604800');
  }
  return {
    ...parseCredential(parameter(request, 'X-Amz-Credential')),
    signedHeaders: parseSignedHeaders(parameter(request, 'X-Amz-SignedHeaders')),
    signature: parseSignature(parameter(request, 'X-Amz-Signature')),
    timestamp: parseTimestamp(parameter(request, 'X-Amz-Date')),
    sessionToken: parameter(request, 'X-Amz-Security-Token'),
    lifetimeSeconds,
  };
}

function parseCredential(text = ''): Pick<ClaimedSignature, 'accessKeyId' | 'scope'> {
  const parts = /^(\w{16,128})\/(\d{8}\/[\w-]+\/[\w-]+\/aws4_request)$/.exec(text);
  const [, accessKeyId, scope] = parts ?? [];
  if (accessKeyId !== undefined && scope !== undefined) return { accessKeyId, scope };
  throw incomplete('Credential must be <access key id>/<date>/<region>/<service>/aws4_request');
}

function parseSignedHeaders(text = ''): string[] {
  const names = text.split(';');
  const areNames = names.every((name) => /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name));
  if (areNames && new Set(names).size === names.length) return names;
  throw incomplete('SignedHeaders must be names in lower case');
}

function parseSignature(text = ''): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw incomplete('Signature must be 64 hexadecimal digits');
}

function parseTimestamp(text = ''): string {
  if (/^\d{8}T\d{6}Z$/.test(text)) return text;
  throw incomplete('X-Amz-Date must have the form YYYYMMDDTHHMMSSZ');
}

function header({ headers }: SignableRequest, name: string): string | undefined {
  return onlyValue(headers.get(name) ?? [], name);
}

function parameter({ query }: SignableRequest, name: string): string | undefined {
  const values = query.filter(([each]) => each === name).map(([, value]) => value);
  return onlyValue(values, name);
}

function incomplete(message: string): SignatureError {
  return new SignatureError('IncompleteSignature', message);
}
