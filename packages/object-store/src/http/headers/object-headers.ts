import { S3Error } from '../../s3-error.ts';
import type { Retention, SystemHeaders } from '../../store/object-info.ts';
import type { RequestFields } from '../request-fields.ts';

const metadataPrefix = 'x-amz-meta-';

const systemHeaderNames = [
  ['contentType', 'content-type'],
  ['cacheControl', 'cache-control'],
  ['contentDisposition', 'content-disposition'],
  ['contentLanguage', 'content-language'],
  ['expires', 'expires'],
] as const;

export function readSystemHeaders({ header }: RequestFields): { headers: SystemHeaders } {
  const headers: Record<string, string> = {};
  for (const [field, name] of systemHeaderNames) {
    const value = header(name);
    if (value !== undefined) headers[field] = fromHeader(value);
  }
  // `aws-chunked` is how the request came, not how the object is encoded.
  const encodings = (header('content-encoding') ?? '').split(',').map((each) => each.trim());
  const contentEncoding = encodings.filter((each) => each !== '' && each !== 'aws-chunked');
  if (contentEncoding.length === 0) return { headers };
  return { headers: { ...headers, contentEncoding: contentEncoding.join(',') } };
}

export function readUserMetadata({ header, headerNames }: RequestFields): {
  userMetadata: Readonly<Record<string, string>>;
} {
  const pairs = headerNames
    .filter((name) => name.startsWith(metadataPrefix) && name !== metadataPrefix)
    .map((name) => [name.slice(metadataPrefix.length), fromHeader(header(name) ?? '')] as const);
  return { userMetadata: Object.fromEntries(pairs) };
}

/** @throws {S3Error} `NotImplemented` for anything but compliance mode, `InvalidArgument` */
export function readRetention({ header }: RequestFields): { retention?: Retention } {
  const mode = header('x-amz-object-lock-mode');
  const until = header('x-amz-object-lock-retain-until-date');
  if ((header('x-amz-object-lock-legal-hold') ?? 'OFF') !== 'OFF') {
    throw new S3Error('NotImplemented', 'Legal hold is not implemented');
  }
  if (mode === undefined && until === undefined) return {};
  if (mode === undefined || until === undefined) {
    throw new S3Error(
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    );
  }
  return { retention: toRetention(mode, until) };
}

/** @throws {S3Error} `NotImplemented`, `InvalidArgument` */
export function toRetention(mode: string, until: string): Retention {
  if (mode === 'GOVERNANCE') {
    throw new S3Error('NotImplemented', 'Governance mode is not implemented; use COMPLIANCE');
  }
  if (mode !== 'COMPLIANCE') throw new S3Error('InvalidArgument', 'Unknown wormMode directive.');
  const retainUntil = new Date(until);
  if (!Number.isNaN(retainUntil.getTime())) return { mode, retainUntil };
  throw new S3Error('InvalidArgument', 'The retain until date must be provided in ISO 8601 format');
}

/** Headers with meanings that are not implemented are refused, never ignored. */
export function refuseUnsupportedHeaders({ header, headerNames }: RequestFields): void {
  const acl = header('x-amz-acl');
  const isOwners = ['private', 'bucket-owner-full-control', undefined].includes(acl);
  if (!isOwners || headerNames.some((name) => name.startsWith('x-amz-grant-'))) {
    throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const storageClass = header('x-amz-storage-class');
  if (storageClass !== undefined && storageClass !== 'STANDARD')
    throw unsupported('x-amz-storage-class');
  if (header('x-amz-write-offset-bytes') !== undefined)
    throw unsupported('x-amz-write-offset-bytes');
}

export function unsupported(name: string): S3Error {
  return new S3Error(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    { details: { Header: name } },
  );
}

/** HTTP hands headers over byte by byte; S3 takes them for UTF-8 where they are. */
export function fromHeader(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}

/** RFC 2047 where a value is not ASCII, as S3 returns it. */
export function toHeader(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  return `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
