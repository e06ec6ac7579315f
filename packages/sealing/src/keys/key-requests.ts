import type { EncryptionContext } from './encryption-context.ts';
import type { KeyState } from './key-description.ts';
import type { KeyReference } from './key-reference.ts';
import type { KeyAction, KeyCaller } from './key-use.ts';

export interface ByCaller {
  readonly caller: KeyCaller;
}

export interface CreateKeyRequest extends ByCaller {
  /** `alias/<name>` */
  readonly alias?: string;
  readonly description?: string;
  readonly policy: unknown;
}

export interface ScheduleDeletionRequest extends ByCaller {
  /** 7 to 30, as on AWS. */
  readonly waitingDays: number;
}

export interface PutPolicyRequest extends ByCaller {
  readonly policy: unknown;
}

export interface PutAliasRequest extends ByCaller {
  /** `alias/<name>` */
  readonly alias: string;
}

export interface KeyRequest extends ByCaller {
  readonly key: KeyReference;
  readonly context: EncryptionContext;
}

export interface AuthorizeUseRequest extends KeyRequest {
  readonly action: KeyAction;
}

export interface WrappedRequest extends ByCaller {
  readonly wrapped: Buffer;
  readonly context: EncryptionContext;
}

export interface GeneratedDataKey {
  /** 32 bytes. The receiver's own: it may overwrite them when it is done. */
  readonly dataKey: Buffer;
  readonly wrapped: Buffer;
  readonly keyArn: string;
}

/** A state changed, or there is a newer version. Whatever was kept of this key is to be forgotten. */
export interface KeyChange {
  readonly keyId: string;
  readonly state: KeyState | 'Deleted';
}
