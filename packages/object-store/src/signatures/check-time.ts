import { S3Error } from '../s3-error.ts';
import type { ClaimedSignature } from './claimed-signature.ts';

const skewMilliseconds = 15 * 60 * 1000;

/** @throws {S3Error} `RequestTimeTooSkewed`; of a presigned URL `AccessDenied` */
export function checkTime({ timestamp, lifetimeSeconds }: ClaimedSignature, now: Date): Date {
  const signedAt = new Date(
    timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const ageMilliseconds = now.getTime() - signedAt.getTime();
  if (Number.isNaN(ageMilliseconds)) throw new S3Error('AccessDenied', 'Invalid date');
  if (lifetimeSeconds === undefined) checkSkew(ageMilliseconds, timestamp, now);
  else checkLifetime({ ageMilliseconds, lifetimeSeconds, signedAt, now });
  return signedAt;
}

function checkSkew(ageMilliseconds: number, timestamp: string, now: Date): void {
  if (Math.abs(ageMilliseconds) <= skewMilliseconds) return;
  throw new S3Error(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {
      details: {
        RequestTime: timestamp,
        ServerTime: now.toISOString(),
        MaxAllowedSkewMilliseconds: String(skewMilliseconds),
      },
    },
  );
}

function checkLifetime(presigned: {
  readonly ageMilliseconds: number;
  readonly lifetimeSeconds: number;
  readonly signedAt: Date;
  readonly now: Date;
}): void {
  const { ageMilliseconds, lifetimeSeconds, signedAt, now } = presigned;
  if (ageMilliseconds < -skewMilliseconds) {
    throw new S3Error('AccessDenied', 'Request is not valid yet');
  }
  if (ageMilliseconds <= lifetimeSeconds * 1000) return;
  throw new S3Error('AccessDenied', 'Request has expired', {
    details: {
      'X-Amz-Expires': String(lifetimeSeconds),
      Expires: new Date(signedAt.getTime() + lifetimeSeconds * 1000).toISOString(),
      ServerTime: now.toISOString(),
    },
  });
}
