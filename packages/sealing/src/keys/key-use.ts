import type { EncryptionContext } from './encryption-context.ts';
import type { KeyErrorCode } from './key-error.ts';

/** Who asks. Opaque here: handed on to whoever authorises and to the record of use. */
export interface KeyCaller {
  /** An ARN, or `operator` or `platform`. */
  readonly principal: string;
  readonly sourceEndpoint?: string;
}

/** Named as IAM names them (Service Authorization Reference, "AWS Key Management Service"). */
export type KeyAction =
  | 'kms:CancelKeyDeletion'
  | 'kms:CreateAlias'
  | 'kms:CreateKey'
  | 'kms:Decrypt'
  /** Only ever recorded: the waiting period is over, and the material is destroyed. */
  | 'kms:DeleteKey'
  | 'kms:DisableKey'
  | 'kms:EnableKey'
  | 'kms:GenerateDataKey'
  | 'kms:PutKeyPolicy'
  | 'kms:ReEncryptFrom'
  | 'kms:ReEncryptTo'
  | 'kms:RotateKeyOnDemand'
  | 'kms:ScheduleKeyDeletion'
  | 'kms:UpdateAlias';

export interface KeyQuestion {
  readonly caller: KeyCaller;
  readonly action: KeyAction;
  readonly keyArn: string;
  /** `undefined` when the key is only being made. */
  readonly keyPolicy: unknown;
  readonly context: EncryptionContext;
}

/** Resolves to allow; rejects to refuse. A refusal that is no `KeyError` becomes AccessDeniedException. */
export type AuthorizeKey = (question: KeyQuestion) => Promise<void>;

/** One use, or one attempt. */
export interface KeyUse {
  readonly action: KeyAction;
  readonly keyArn: string;
  readonly keyId: string;
  readonly caller: KeyCaller;
  readonly context: EncryptionContext;
  readonly outcome: 'allowed' | 'refused';
  readonly code?: KeyErrorCode;
  /** Of a key that is open here already, such as a bucket key: the provider was not asked. */
  readonly isOpenAlready?: true;
}

/** Awaited before a use is answered; where it rejects, the use is refused. */
export type RecordKeyUse = (use: KeyUse) => Promise<void>;
