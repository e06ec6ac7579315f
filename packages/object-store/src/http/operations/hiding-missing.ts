import { S3Error } from '../../s3-error.ts';
import { RefusedByPolicyError } from '../access.ts';
import type { ObjectPath, S3Call } from '../s3-call.ts';

const tellsOfAbsence = new Set(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed']);

/**
 * S3 API Reference, "GetObject": whoever may not list the bucket is not told that an object is
 * missing, but that access is denied.
 */
export async function hidingMissing<Answer>(
  call: Pick<S3Call, 'ask'>,
  { bucket }: Pick<ObjectPath, 'bucket'>,
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof S3Error) || !tellsOfAbsence.has(error.code)) throw error;
    const verdict = await call.ask({ action: 'ListBucket', bucket });
    if (verdict.allowed) throw error;
    throw new RefusedByPolicyError(verdict);
  }
}
