import { S3Error } from '../../s3-error.ts';
import type { VersionRow } from './versions.ts';

/**
 * Compliance mode: until its date nobody deletes the version, the operator's own tools neither.
 * @throws {S3Error} `AccessDenied`
 */
export function checkNotRetained({ retain_until: until }: VersionRow, now: Date): void {
  if (until === null || until <= now.getTime()) return;
  const message = 'Access Denied because object protected by object lock.';
  throw new S3Error('AccessDenied', message);
}
