import { StrongroomError } from '@strongroom/contracts';
import { S3Error } from '@strongroom/object-store';
import { decidedRefusal } from '../keys/key-refusal.ts';

const codes: Readonly<Partial<Record<string, StrongroomError['code']>>> = {
  AccessDenied: 'AccessDenied',
  InsufficientCapacity: 'DiskFull',
  NoSuchBucket: 'BucketNotFound',
  NoSuchKey: 'ObjectNotFound',
  NoSuchVersion: 'ObjectNotFound',
  PreconditionFailed: 'ObjectExists',
  QuotaExceeded: 'BucketFull',
};

/** The store's refusals in the console's words; anything else as it is. */
export function storageRefusal(error: unknown): unknown {
  if (!(error instanceof S3Error)) return error;
  const { code, message, status } = error;
  const decided = decidedRefusal(error);
  if (decided !== undefined) return decided;
  const known = code.startsWith('KMS.') ? 'KeyUnavailable' : codes[code];
  if (known === undefined && status >= 500) return error;
  return new StrongroomError(known ?? 'InvalidRequest', message, { cause: error });
}
