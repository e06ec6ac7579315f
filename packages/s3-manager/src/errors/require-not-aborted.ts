import { S3ManagerError } from './s3-manager-error.ts';

/** Whatever the reason is that the caller gave, for example that of `AbortSignal.timeout`. */
export function requireNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new S3ManagerError('Aborted', 'Cannot go on: aborted by the caller', {
    cause: signal.reason,
  });
}
