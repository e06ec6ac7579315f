/**
 * Named as AWS KMS names them, so that what AWS documents about a code holds here too (AWS KMS API
 * Reference, "Common Errors" and each action's errors).
 */
export type KeyErrorCode =
  | 'AccessDeniedException'
  | 'AlreadyExistsException'
  | 'DisabledException'
  | 'InvalidAliasNameException'
  | 'InvalidCiphertextException'
  | 'InvalidKeyUsageException'
  | 'KMSInvalidStateException'
  | 'KeyUnavailableException'
  | 'LimitExceededException'
  | 'NotFoundException'
  | 'ValidationException';

/** A key was not used or not changed. Neither message nor cause holds key material. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
