import { hasFields, isListOf, isText, property } from '../api/read-json.ts';

/** The names of those that one may write to, of the gateway's answer (`studioBucketListSchema`). */
export function writableBuckets(value: unknown): readonly string[] {
  const buckets = property(value, 'buckets');
  if (!isListOf(buckets, isBucket)) return [];
  return buckets.filter(({ mayWrite }) => mayWrite).map(({ bucket }) => bucket);
}

interface Bucket {
  readonly bucket: string;
  readonly mayWrite: boolean;
}

function isBucket(value: unknown): value is Bucket {
  return hasFields(value, { bucket: isText, mayWrite: (may) => typeof may === 'boolean' });
}
