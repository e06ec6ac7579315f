const bucketCount = 64;

/** The words of a text, counted, and a small summary of them that tells quickly what is unlike. */
export interface WordCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
  readonly buckets: Uint16Array;
}

export function countWords(text: string): WordCounts {
  const counts = new Map<string, number>();
  const buckets = new Uint16Array(bucketCount);
  let total = 0;
  for (const word of text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const bucket = hash(word) % bucketCount;
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    total += 1;
  }
  return { counts, total, buckets };
}

/** Dice's coefficient: 0 where no word is shared, 1 where all are; 0 also where it is below `atLeast`. */
export function similarity(a: WordCounts, b: WordCounts, atLeast: number): number {
  const total = a.total + b.total;
  if (total === 0) return 1;
  if (mostShared(a, b) * 2 < atLeast * total) return 0;
  const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [word, count] of few.counts) shared += Math.min(count, many.counts.get(word) ?? 0);
  const coefficient = (2 * shared) / total;
  return coefficient < atLeast ? 0 : coefficient;
}

/** No fewer than are shared, by the summaries. */
function mostShared(a: WordCounts, b: WordCounts): number {
  let shared = 0;
  for (let index = 0; index < bucketCount; index += 1) {
    shared += Math.min(a.buckets[index] ?? 0, b.buckets[index] ?? 0);
  }
  return shared;
}

function hash(word: string): number {
  let value = 0;
  for (let index = 0; index < word.length; index += 1) {
    value = (Math.imul(value, 31) + word.charCodeAt(index)) >>> 0;
  }
  return value;
}
