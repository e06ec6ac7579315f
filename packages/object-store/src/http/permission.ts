import type { ConditionValues } from './s3-service-options.ts';

/** One action on one resource that a request needs to be allowed. */
export interface Permission {
  /** Without `s3:`. */
  readonly action: string;
  readonly bucket?: string;
  readonly key?: string;
  /** Beside what every request has. */
  readonly context?: ConditionValues;
  /** The bucket is not there yet. */
  readonly isWithoutBucketPolicy?: boolean;
}

/** S3's resources ("Actions, resources, and condition keys for Amazon S3"). */
export function resourceArn({ bucket, key }: Permission): string {
  if (bucket === undefined) return 'arn:aws:s3:::*';
  return key === undefined ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`;
}
