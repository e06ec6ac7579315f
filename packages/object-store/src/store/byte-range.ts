import { S3Error } from '../s3-error.ts';
import type { ByteRange } from './object-requests.ts';

/** Last byte included. */
export interface ServedRange {
  readonly first: number;
  readonly last: number;
  readonly isPartial: boolean;
}

/** RFC 9110, section 14.1.2. @throws {S3Error} `InvalidRange` where nothing of it is in the object */
export function resolveRange(range: ByteRange | undefined, sizeBytes: number): ServedRange {
  if (range === undefined) return { first: 0, last: sizeBytes - 1, isPartial: false };
  const end = sizeBytes - 1;
  const first = 'suffixLength' in range ? Math.max(0, sizeBytes - range.suffixLength) : range.first;
  const last = 'suffixLength' in range ? end : Math.min(range.last ?? end, end);
  const isEmpty = 'suffixLength' in range ? range.suffixLength === 0 : first > last;
  if (isEmpty || first >= sizeBytes) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      details: { ActualObjectSize: String(sizeBytes) },
    });
  }
  return { first, last, isPartial: true };
}
