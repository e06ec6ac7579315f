/**
 * What went wrong, for a program to branch on.
 *
 * - `NoSuchBucket`, `NoSuchKey`, `NoSuchUpload`, `AccessDenied`: the service's own answers.
 * - `InvalidCredentials`: the service refused the signature (unknown, expired, clock too far off).
 * - `CredentialsUnavailable`: none was found in the environment, the profile or the container.
 * - `InvalidArgument`: what was asked for cannot be, whoever noticed.
 * - `PreconditionFailed`: `ifNoneMatch` or `ifMatch` of a write did not hold; nothing was written.
 * - `KeyUnavailable`: the key that seals the object is disabled, deleted or unknown.
 * - `UnsafeKey`: an object's key that cannot become a file inside the chosen folder.
 * - `LocalFileChanged`: a file changed while it was read; what was sent of it was given up.
 * - `LocalFileUnavailable`: a file or folder cannot be opened, read, written or renamed.
 * - `RemoteObjectChanged`: an object was replaced while it was downloaded or copied.
 * - `ChecksumMismatch`: the bytes that arrived, on either side, are not those that were sent.
 * - `ObjectTooLarge`: an object exceeds the bytes that the caller allowed.
 * - `TransferIncomplete`: some of many failed; {@link S3ManagerError.failures} says which.
 * - `Aborted`: the caller's `signal` ended it.
 * - `Unreachable`: no answer, or none to its end.
 * - `ServiceError`: any other refusal; {@link S3ManagerError.serviceCode} has the service's word.
 */
export type S3ManagerErrorCode =
  | 'NoSuchBucket'
  | 'NoSuchKey'
  | 'NoSuchUpload'
  | 'AccessDenied'
  | 'InvalidCredentials'
  | 'CredentialsUnavailable'
  | 'InvalidArgument'
  | 'PreconditionFailed'
  | 'KeyUnavailable'
  | 'UnsafeKey'
  | 'LocalFileChanged'
  | 'LocalFileUnavailable'
  | 'RemoteObjectChanged'
  | 'ChecksumMismatch'
  | 'ObjectTooLarge'
  | 'TransferIncomplete'
  | 'Aborted'
  | 'Unreachable'
  | 'ServiceError';

/** One of many that failed. */
export interface TransferFailure {
  /** The object's key, relative to the prefix. */
  readonly key: string;
  readonly error: S3ManagerError;
}

export interface S3ManagerErrorDetails {
  readonly cause?: unknown;
  readonly serviceCode?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly failures?: readonly TransferFailure[];
}

/** The only class of error that this library throws. `cause` holds what was behind it. */
export class S3ManagerError extends Error {
  override readonly name = 'S3ManagerError';
  readonly code: S3ManagerErrorCode;
  /** The service's own code, where the service refused, for example `SlowDown`. */
  readonly serviceCode: string | undefined;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** What the service's operator needs to find the request in a log. */
  readonly requestId: string | undefined;
  /** With `TransferIncomplete`: each that failed; otherwise empty. */
  readonly failures: readonly TransferFailure[];

  constructor(code: S3ManagerErrorCode, message: string, details: S3ManagerErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.serviceCode = details.serviceCode;
    this.status = details.status;
    this.requestId = details.requestId;
    this.failures = details.failures ?? [];
  }
}
