import { S3Error } from '../../s3-error.ts';
import type { ReadConditions, WriteConditions } from '../../store/object-requests.ts';
import type { RequestFields } from '../request-fields.ts';

/** RFC 9110, section 13.1. `headerPrefix` is `x-amz-copy-source-` for the source of a copy. */
export function readReadConditions(
  { header }: RequestFields,
  headerPrefix = '',
): { conditions?: ReadConditions } {
  const ifMatch = readTags(header(`${headerPrefix}if-match`));
  const ifNoneMatch = readTags(header(`${headerPrefix}if-none-match`));
  const ifModifiedSince = readDate(header(`${headerPrefix}if-modified-since`));
  const ifUnmodifiedSince = readDate(header(`${headerPrefix}if-unmodified-since`));
  const conditions = {
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    ...(ifModifiedSince === undefined ? {} : { ifModifiedSince }),
    ...(ifUnmodifiedSince === undefined ? {} : { ifUnmodifiedSince }),
  };
  return Object.keys(conditions).length === 0 ? {} : { conditions };
}

/** @throws {S3Error} `NotImplemented`: S3 knows only `If-None-Match: *` for writes */
export function readWriteConditions({ header }: RequestFields): { conditions?: WriteConditions } {
  const ifMatch = header('if-match');
  const ifNoneMatch = header('if-none-match');
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*')
    throw notImplemented('If-None-Match');
  if (ifMatch !== undefined && ifNoneMatch !== undefined)
    throw notImplemented('If-Match,If-None-Match');
  if (ifMatch !== undefined) return { conditions: { ifMatch: withoutQuotes(ifMatch) } };
  return ifNoneMatch === undefined ? {} : { conditions: { ifNoneMatch: '*' } };
}

export function withoutQuotes(tag: string): string {
  return tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
}

function readTags(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map(withoutQuotes);
}

/** RFC 9110, section 13.1.3: a date that is none is ignored. */
function readDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function notImplemented(name: string): S3Error {
  return new S3Error(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    { details: { Header: name } },
  );
}
