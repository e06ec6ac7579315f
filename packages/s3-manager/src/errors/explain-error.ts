import { S3ManagerError, type S3ManagerErrorCode } from './s3-manager-error.ts';

/** What the AWS SDK throws when the service refused. */
interface ServiceException extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** What Node.js throws for files and sockets. */
interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly syscall?: string;
}

const codesByServiceCode: Readonly<Record<string, S3ManagerErrorCode>> = {
  NoSuchBucket: 'NoSuchBucket',
  NoSuchKey: 'NoSuchKey',
  NoSuchUpload: 'NoSuchUpload',
  AccessDenied: 'AccessDenied',
  AllAccessDisabled: 'AccessDenied',
  Forbidden: 'AccessDenied',
  InvalidAccessKeyId: 'InvalidCredentials',
  SignatureDoesNotMatch: 'InvalidCredentials',
  ExpiredToken: 'InvalidCredentials',
  InvalidToken: 'InvalidCredentials',
  RequestTimeTooSkewed: 'InvalidCredentials',
  InvalidArgument: 'InvalidArgument',
  InvalidBucketName: 'InvalidArgument',
  InvalidRequest: 'InvalidArgument',
  KeyTooLongError: 'InvalidArgument',
  EntityTooLarge: 'InvalidArgument',
  EntityTooSmall: 'InvalidArgument',
  MetadataTooLarge: 'InvalidArgument',
  PreconditionFailed: 'PreconditionFailed',
  ConditionalRequestConflict: 'PreconditionFailed',
  BadDigest: 'ChecksumMismatch',
  XAmzContentSHA256Mismatch: 'ChecksumMismatch',
  XAmzContentChecksumMismatch: 'ChecksumMismatch',
};

const codesByStatus: Readonly<Record<number, S3ManagerErrorCode>> = {
  403: 'AccessDenied',
  412: 'PreconditionFailed',
};

/**
 * Any error as one of ours. `action` completes the sentence `Cannot …`, for example
 * `download "s3://reports/a.csv"`.
 */
export function explainError(error: unknown, action: string): S3ManagerError {
  if (error instanceof S3ManagerError) return error;
  if (!(error instanceof Error)) {
    return new S3ManagerError('ServiceError', `Cannot ${action}: ${String(error)}`);
  }
  if (isServiceException(error)) return explainRefusal(error, action);
  return new S3ManagerError(codeOf(error), `Cannot ${action}: ${stateOf(error)}`, { cause: error });
}

function explainRefusal(error: ServiceException, action: string): S3ManagerError {
  const { httpStatusCode: status, requestId } = error.$metadata;
  return new S3ManagerError(
    codeOfRefusal(error.name, status),
    `Cannot ${action}: ${error.message === 'UnknownError' || error.message === '' ? error.name : error.message}`,
    {
      cause: error,
      serviceCode: error.name,
      ...(status === undefined ? {} : { status }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  );
}

function codeOfRefusal(serviceCode: string, status: number | undefined): S3ManagerErrorCode {
  // S3 hands on what the key service said as `KMS.DisabledException` and the like.
  if (serviceCode.startsWith('KMS.')) return 'KeyUnavailable';
  return (codesByServiceCode[serviceCode] ??
    (status && codesByStatus[status]) ??
    ('ServiceError' as const)) as S3ManagerErrorCode;
}

function codeOf(error: Error): S3ManagerErrorCode {
  if (error.name === 'AbortError') return 'Aborted';
  if (error.name === 'CredentialsProviderError') return 'CredentialsUnavailable';
  if (error.message.startsWith('Checksum mismatch')) return 'ChecksumMismatch';
  if (error.message.startsWith('Region is missing')) return 'InvalidArgument';
  if (isSystemError(error)) {
    const isOfFile = error.path !== undefined || error.syscall === 'read' || isDiskCode(error.code);
    // A socket's errors have a system call too, but no path.
    return isOfFile && !isSocketCode(error.code) ? 'LocalFileUnavailable' : 'Unreachable';
  }
  return error.name === 'TimeoutError' || error.message === 'aborted'
    ? 'Unreachable'
    : 'ServiceError';
}

function isDiskCode(code: string): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG', 'EISDIR', 'EMFILE', 'ENFILE'].includes(code);
}

function isSocketCode(code: string): boolean {
  return ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code);
}

function stateOf(error: Error): string {
  if (error.name === 'AbortError') return 'aborted';
  // A refused connection to a name with two addresses has an empty message and its causes inside.
  if (error.message === '' && isSystemError(error)) return error.code;
  return error.message;
}

function isServiceException(error: Error): error is ServiceException {
  const { $metadata: metadata } = error as Partial<ServiceException>;
  return metadata?.httpStatusCode !== undefined;
}

function isSystemError(error: Error): error is SystemError {
  return typeof (error as Partial<SystemError>).code === 'string';
}
