import { S3Error } from '../../s3-error.ts';
import type { ObjectInfo, SystemHeaders } from '../../store/object-info.ts';
import type { HeadObjectResult } from '../../store/object-requests.ts';
import type { RequestFields } from '../request-fields.ts';
import { checksumAnswer, checksumHeader } from './checksum-headers.ts';
import { encryptionAnswer } from './encryption-headers.ts';
import { toHeader } from './object-headers.ts';

export type AnswerHeaders = Readonly<Record<string, string>>;

/** What GET and HEAD of an object answer beside its bytes. */
export function objectAnswer(
  { info, served }: HeadObjectResult,
  fields: RequestFields,
): Record<string, string> {
  const partNumber = fields.parameter('partNumber');
  const { first, last, isPartial } = served;
  return {
    'accept-ranges': 'bytes',
    'last-modified': info.lastModified.toUTCString(),
    etag: quoted(info.etag),
    ...contentHeaders(info.headers, fields),
    ...versionAnswer(info.versionId),
    ...encryptionAnswer(info.encryption),
    ...metadataAnswer(info.userMetadata),
    ...(info.tagCount === 0 ? {} : { 'x-amz-tagging-count': String(info.tagCount) }),
    ...retentionAnswer(info),
    ...(info.websiteRedirectLocation === undefined
      ? {}
      : { 'x-amz-website-redirect-location': toHeader(info.websiteRedirectLocation) }),
    ...(partNumber === undefined || info.parts === undefined
      ? {}
      : { 'x-amz-mp-parts-count': String(info.parts.length) }),
    ...(fields.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
      ? servedChecksum(info, isPartial, partNumber)
      : {}),
    ...(isPartial ? { 'content-range': `bytes ${first}-${last}/${info.sizeBytes}` } : {}),
    'content-length': String(last - first + 1),
  };
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

export function versionAnswer(versionId: string | undefined): Record<string, string> {
  return versionId === undefined ? {} : { 'x-amz-version-id': versionId };
}

/** A range has none: the checksum is the whole object's, and a client would hold the range to it. */
function servedChecksum(
  info: ObjectInfo,
  isPartial: boolean,
  partNumber: string | undefined,
): Record<string, string> {
  if (!isPartial) return checksumAnswer(info.checksum);
  const part = info.parts?.find((each) => String(each.partNumber) === partNumber);
  if (part?.checksum === undefined || info.checksum === undefined) return {};
  return { [checksumHeader(info.checksum.algorithm)]: part.checksum };
}

const overridable = [
  ['content-type', 'contentType'],
  ['cache-control', 'cacheControl'],
  ['content-disposition', 'contentDisposition'],
  ['content-encoding', 'contentEncoding'],
  ['content-language', 'contentLanguage'],
  ['expires', 'expires'],
] as const;

/** `response-*` is honoured here because every request is signed. */
function contentHeaders(headers: SystemHeaders, fields: RequestFields): Record<string, string> {
  const answer: Record<string, string> = {};
  for (const [name, field] of overridable) {
    const override = fields.parameter(`response-${name}`);
    if (override !== undefined && /[^\x20-\x7e]/.test(override)) {
      throw new S3Error('InvalidArgument', `Header value cannot be represented: response-${name}`);
    }
    const value = override ?? headers[field];
    if (value !== undefined) answer[name] = toHeader(value);
  }
  return { 'content-type': 'binary/octet-stream', ...answer };
}

function metadataAnswer(metadata: ObjectInfo['userMetadata']): Record<string, string> {
  const pairs = Object.entries(metadata);
  return Object.fromEntries(pairs.map(([name, value]) => [`x-amz-meta-${name}`, toHeader(value)]));
}

function retentionAnswer({ retention }: ObjectInfo): Record<string, string> {
  if (retention === undefined) return {};
  return {
    'x-amz-object-lock-mode': retention.mode,
    'x-amz-object-lock-retain-until-date': retention.retainUntil.toISOString(),
  };
}
