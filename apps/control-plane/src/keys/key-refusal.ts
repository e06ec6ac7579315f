import { StrongroomError } from '@strongroom/contracts';
import { KeyError, type KeyErrorCode } from '@strongroom/sealing';

const codes: Readonly<Record<KeyErrorCode, StrongroomError['code']>> = {
  AccessDeniedException: 'AccessDenied',
  AlreadyExistsException: 'InvalidRequest',
  DisabledException: 'KeyNotChanged',
  InvalidAliasNameException: 'InvalidRequest',
  InvalidCiphertextException: 'KeyUnavailable',
  InvalidKeyUsageException: 'KeyNotChanged',
  KMSInvalidStateException: 'KeyNotChanged',
  KeyUnavailableException: 'KeyUnavailable',
  LimitExceededException: 'KeyNotChanged',
  NotFoundException: 'KeyNotFound',
  ValidationException: 'InvalidRequest',
};

/** Why a key was not changed, in the console's words; anything else as it is. */
export function keyRefusal(error: unknown): unknown {
  if (!(error instanceof KeyError)) return error;
  const { code, message } = error;
  return decidedRefusal(error) ?? new StrongroomError(codes[code], message, { cause: error });
}

/** The policies' refusal with its rule, where one of them is why (see `createAuthorizeKeyUse`). */
export function decidedRefusal(error: Error): StrongroomError | undefined {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StrongroomError && cause.code === 'AccessDenied') return cause;
  }
  return undefined;
}
