import { KeyError, type KeyErrorCode } from '../../keys/key-error.ts';

/** By the name of the SDK's error. What is not here says nothing of the key: it could not be asked. */
const codes: Readonly<Record<string, KeyErrorCode>> = {
  AccessDeniedException: 'AccessDeniedException',
  DisabledException: 'DisabledException',
  // The blob names another key than the one it was sent to.
  IncorrectKeyException: 'InvalidCiphertextException',
  InvalidCiphertextException: 'InvalidCiphertextException',
  InvalidKeyUsageException: 'InvalidKeyUsageException',
  KMSInvalidStateException: 'KMSInvalidStateException',
  LimitExceededException: 'LimitExceededException',
  NotFoundException: 'NotFoundException',
  // Of what is sent, only the blob's length can be wrong.
  ValidationException: 'InvalidCiphertextException',
};

export function kmsErrorOf(error: unknown, action: string): KeyError {
  if (error instanceof KeyError) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  const code = Object.hasOwn(codes, name) ? codes[name] : undefined;
  return new KeyError(code ?? 'KeyUnavailableException', `${action}: ${name}`, { cause: error });
}
