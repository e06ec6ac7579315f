import { hasFields, isListOf, isText, property } from '../api/read-json.ts';

/** The names of those that one may write to, of the gateway's answer. */
export function writableBuckets(value: unknown): readonly string[] {
  const buckets = property(value, 'buckets');
  if (!isListOf(buckets, isBucket)) return [];
  return buckets.filter(({ may }) => may.write).map(({ bucket }) => bucket);
}

interface Bucket {
  readonly bucket: string;
  readonly may: { readonly write: boolean };
}

function isBucket(value: unknown): value is Bucket {
  return hasFields(value, {
    bucket: isText,
    may: (may) => hasFields(may, { write: (write) => typeof write === 'boolean' }),
  });
}
