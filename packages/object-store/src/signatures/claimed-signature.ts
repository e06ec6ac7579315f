import { S3Error } from '../s3-error.ts';
import { algorithm } from './calculate-signature.ts';
import type { SignableRequest } from './signable-request.ts';

/** What a request says of its own signature; nothing of it is believed yet. */
export interface ClaimedSignature {
  readonly form: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits in lower case. */
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Of a presigned URL. */
  readonly lifetimeSeconds: number | undefined;
}

interface CredentialScope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `<date>/<region>/<service>/aws4_request` */
  readonly text: string;
}

const maximumLifetimeSeconds = 7 * 24 * 60 * 60;

/**
 * `undefined` where the request is not signed at all.
 *
 * @throws {S3Error} `AuthorizationHeaderMalformed`, `AuthorizationQueryParametersError`,
 *   `InvalidRequest`, `InvalidArgument`, `AccessDenied`
 */
export function readClaimedSignature(request: SignableRequest): ClaimedSignature | undefined {
  const authorization = onlyHeader(request, 'authorization');
  const isPresigned = ['X-Amz-Algorithm', 'X-Amz-Signature', 'X-Amz-Credential'].some(
    (name) => onlyParameter(request, name) !== undefined,
  );
  if (authorization !== undefined && isPresigned) {
    throw new S3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (authorization !== undefined) return readHeaderForm(request, authorization);
  if (isPresigned) return readQueryForm(request);
  if (onlyParameter(request, 'AWSAccessKeyId') !== undefined) throw unsupportedMechanism();
  return undefined;
}

function readHeaderForm(request: SignableRequest, authorization: string): ClaimedSignature {
  if (!authorization.startsWith(`${algorithm} `)) throw unsupportedMechanism();
  const fields = new Map<string, string>();
  for (const field of authorization.slice(algorithm.length).split(',')) {
    const [name = '', ...value] = field.trim().split('=');
    if (fields.has(name)) throw malformed(`${name} is given more than once`);
    fields.set(name, value.join('='));
  }
  const timestamp = onlyHeader(request, 'x-amz-date');
  if (timestamp === undefined || !isTimestamp(timestamp)) {
    throw new S3Error(
      'AccessDenied',
      'AWS authentication requires a valid Date or x-amz-date header',
    );
  }
  return {
    form: 'header',
    ...readCredential(fields.get('Credential'), malformed),
    signedHeaders: readSignedHeaders(fields.get('SignedHeaders'), malformed),
    signature: readSignature(fields.get('Signature'), malformed),
    timestamp,
    sessionToken: onlyHeader(request, 'x-amz-security-token'),
    lifetimeSeconds: undefined,
  };
}

function readQueryForm(request: SignableRequest): ClaimedSignature {
  const parameter = (name: string) => onlyParameter(request, name);
  if (parameter('X-Amz-Algorithm') !== algorithm) {
    throw parametersError('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const timestamp = parameter('X-Amz-Date') ?? '';
  if (!isTimestamp(timestamp)) {
    throw parametersError(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  return {
    form: 'query',
    ...readCredential(parameter('X-Amz-Credential'), parametersError),
    signedHeaders: readSignedHeaders(parameter('X-Amz-SignedHeaders'), parametersError),
    signature: readSignature(parameter('X-Amz-Signature'), parametersError),
    timestamp,
    sessionToken: parameter('X-Amz-Security-Token'),
    lifetimeSeconds: readLifetime(parameter('X-Amz-Expires')),
  };
}

function readLifetime(text = ''): number {
  if (!/^\d{1,9}$/.test(text)) throw parametersError('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds <= maximumLifetimeSeconds) return seconds;
  throw parametersError('X-Amz-Expires must be less than a week (in seconds) that is 604800');
}

type Refuse = (message: string) => S3Error;

function readCredential(
  text = '',
  refuse: Refuse,
): Pick<ClaimedSignature, 'accessKeyId' | 'scope'> {
  const [, accessKeyId, scopeText, date, region, service] =
    /^(\w{1,128})\/((\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request)$/.exec(text) ?? [];
  if (accessKeyId && scopeText && date && region && service) {
    return { accessKeyId, scope: { date, region, service, text: scopeText } };
  }
  throw refuse(
    'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"',
  );
}

function readSignedHeaders(text = '', refuse: Refuse): string[] {
  const names = text.split(';');
  const areNames = names.every((name) => /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name));
  if (areNames && new Set(names).size === names.length) return names;
  throw refuse('SignedHeaders must be different names in lower case');
}

function readSignature(text = '', refuse: Refuse): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw refuse('the Signature must be 64 hexadecimal digits');
}

function isTimestamp(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text);
}

/** @throws {S3Error} `InvalidArgument` where it is given twice, and whose meaning is then unclear */
export function onlyHeader({ headers }: SignableRequest, name: string): string | undefined {
  return onlyValue(headers.get(name) ?? [], name);
}

/** @throws {S3Error} `InvalidArgument` */
export function onlyParameter({ query }: SignableRequest, name: string): string | undefined {
  const values = query.filter(([each]) => each === name).map(([, value]) => value);
  return onlyValue(values, name);
}

function onlyValue(values: readonly string[], name: string): string | undefined {
  if (values.length <= 1) return values[0];
  throw new S3Error('InvalidArgument', `${name} is given more than once`);
}

function malformed(message: string): S3Error {
  const text = `The authorization header is malformed; ${message}`;
  return new S3Error('AuthorizationHeaderMalformed', text);
}

function parametersError(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', message);
}

function unsupportedMechanism(): S3Error {
  return new S3Error(
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  );
}
