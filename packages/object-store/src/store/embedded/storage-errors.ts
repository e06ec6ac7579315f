import { KeyError, SealedDataError } from '@strongroom/sealing';
import { S3Error, type S3ErrorCode } from '../../s3-error.ts';

const fullDiskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** As S3 hands on what the key service says (S3 API Reference, "List of SSE-KMS error codes"). */
const keyErrorCodes: Readonly<Partial<Record<KeyError['code'], S3ErrorCode>>> = {
  AccessDeniedException: 'AccessDenied',
  DisabledException: 'KMS.DisabledException',
  InvalidCiphertextException: 'DataDamaged',
  InvalidKeyUsageException: 'KMS.InvalidKeyUsageException',
  KMSInvalidStateException: 'KMS.KMSInvalidStateException',
  KeyUnavailableException: 'KMS.KeyUnavailableException',
  NotFoundException: 'KMS.NotFoundException',
};

/** What the disk, SQLite, the records or the key service threw, as S3 would say it. */
export function asStorageError(error: unknown, resource?: string): unknown {
  if (error instanceof S3Error) return error;
  const options = { cause: error, ...(resource === undefined ? {} : { resource }) };
  if (error instanceof KeyError) {
    const code = keyErrorCodes[error.code] ?? 'InvalidRequest';
    return new S3Error(code, error.message, options);
  }
  if (error instanceof SealedDataError || codeOf(error) === 'ENOENT') {
    const what = resource === undefined ? 'the object' : `"${resource}"`;
    return new S3Error('DataDamaged', `Cannot read ${what}: what is stored is damaged`, options);
  }
  if (fullDiskCodes.has(codeOf(error))) {
    return new S3Error('InsufficientCapacity', 'Cannot write: the disk is full', options);
  }
  return error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
