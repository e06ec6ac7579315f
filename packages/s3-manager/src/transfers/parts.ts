/** A stretch of an object. */
export interface Part {
  /** From 1, as S3 counts. */
  readonly number: number;
  readonly start: number;
  readonly sizeBytes: number;
}

const mebibyte = 1024 * 1024;
/** S3's limit for one upload. */
const maximumPartCount = 10_000;

/** Whole mebibytes, and so large that S3's 10,000 parts are enough. */
function partSizeFor(sizeBytes: number, wantedBytes: number): number {
  const least = Math.ceil(sizeBytes / maximumPartCount / mebibyte) * mebibyte;
  return Math.max(wantedBytes, least);
}

export function cutIntoParts(sizeBytes: number, wantedPartSizeBytes: number): Part[] {
  const partSizeBytes = partSizeFor(sizeBytes, wantedPartSizeBytes);
  return Array.from({ length: Math.ceil(sizeBytes / partSizeBytes) }, (_, index) => {
    const start = index * partSizeBytes;
    return { number: index + 1, start, sizeBytes: Math.min(partSizeBytes, sizeBytes - start) };
  });
}
