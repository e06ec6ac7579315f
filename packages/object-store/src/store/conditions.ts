import { S3Error } from '../s3-error.ts';
import type { ReadConditions, WriteConditions } from './object-requests.ts';

interface Existing {
  readonly etag: string;
  readonly lastModified: Date;
}

/**
 * HTTP's order (RFC 9110, section 13.2.2): `If-Match` outweighs `If-Unmodified-Since`, and
 * `If-None-Match` outweighs `If-Modified-Since`.
 *
 * @throws {S3Error} `PreconditionFailed`, `NotModified`
 */
export function checkReadConditions(found: Existing, conditions: ReadConditions = {}): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  if (ifMatch !== undefined) {
    if (!matches(found.etag, ifMatch)) throw failed('If-Match');
  } else if (ifUnmodifiedSince !== undefined) {
    if (isAfter(found.lastModified, ifUnmodifiedSince)) throw failed('If-Unmodified-Since');
  }
  const isUnchanged =
    ifNoneMatch === undefined
      ? ifModifiedSince !== undefined && !isAfter(found.lastModified, ifModifiedSince)
      : matches(found.etag, ifNoneMatch);
  if (isUnchanged) {
    throw new S3Error('NotModified', 'Not Modified', {
      details: { ETag: found.etag, LastModified: found.lastModified.toUTCString() },
    });
  }
}

/** A copy has no answer "not modified". */
export function checkCopyConditions(found: Existing, conditions: ReadConditions = {}): void {
  try {
    checkReadConditions(found, conditions);
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== 'NotModified') throw error;
    throw failed('x-amz-copy-source-if-none-match or -if-modified-since');
  }
}

/**
 * @param etag of what is there now; `undefined` for nothing or a delete marker
 * @throws {S3Error} `PreconditionFailed`, `NoSuchKey`
 */
export function checkWriteConditions(
  etag: string | undefined,
  { ifMatch, ifNoneMatch }: WriteConditions = {},
): void {
  if (ifMatch !== undefined) {
    if (etag === undefined) {
      throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    }
    if (!matches(etag, [ifMatch])) throw failed('If-Match');
  }
  if (ifNoneMatch !== undefined && etag !== undefined && matches(etag, [ifNoneMatch])) {
    throw failed('If-None-Match');
  }
}

function matches(etag: string, list: readonly string[]): boolean {
  return list.some((one) => one === '*' || one === etag);
}

/** HTTP's dates have whole seconds. */
function isAfter(one: Date, other: Date): boolean {
  return Math.floor(one.getTime() / 1_000) > Math.floor(other.getTime() / 1_000);
}

function failed(condition: string): S3Error {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new S3Error('PreconditionFailed', message, { details: { Condition: condition } });
}
