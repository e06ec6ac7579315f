import { S3ServiceException } from '@aws-sdk/client-s3';
import { S3Error, type S3ErrorCode, s3ErrorStatuses } from '../../s3-error.ts';

/** A HEAD has no body, so its refusals have no code. */
const codesOfBareStatuses: Readonly<Record<number, S3ErrorCode>> = {
  304: 'NotModified',
  400: 'InvalidRequest',
  403: 'AccessDenied',
  404: 'NoSuchKey',
  405: 'MethodNotAllowed',
  409: 'OperationAborted',
  412: 'PreconditionFailed',
  416: 'InvalidRange',
  503: 'SlowDown',
};

/** What the service refused, in our words. @throws {S3Error} */
export async function answered<Answer>(
  resource: string,
  send: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw asS3Error(error, resource);
  }
}

/** `undefined` where the service says that there is none. */
export async function orUndefined<Answer>(
  absent: readonly S3ErrorCode[],
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof S3Error && absent.includes(error.code)) return undefined;
    throw error;
  }
}

function asS3Error(error: unknown, resource: string): unknown {
  if (error instanceof S3Error || !(error instanceof S3ServiceException)) return error;
  const status = error.$metadata.httpStatusCode ?? 500;
  const isBucket = resource.indexOf('/', 1) < 0;
  const known = Object.hasOwn(s3ErrorStatuses, error.name)
    ? (error.name as S3ErrorCode)
    : undefined;
  const bare = isBucket && status === 404 ? 'NoSuchBucket' : codesOfBareStatuses[status];
  const headers = error.$response?.headers ?? {};
  const details = Object.fromEntries(
    ['x-amz-delete-marker', 'x-amz-version-id'].flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const code = known ?? bare ?? 'InternalError';
  return new S3Error(code, error.message || code, { cause: error, resource, details });
}

/** Without the quotes that HTTP has around it. */
export function plainEtag(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
