export { openBytes, sealBytes } from './aes-gcm.ts';
export {
  BucketKeys,
  type BucketKeysOptions,
  type ObjectKey,
  type RewrapRequest,
  type UnwrapRequest,
  type WrappedObjectKey,
  type WrapRequest,
} from './bucket-keys/bucket-keys.ts';
export type { ObjectBinding } from './bucket-keys/object-key-blob.ts';
export type { EncryptionContext } from './keys/encryption-context.ts';
export type { KeyDescription, KeyProviderName, KeyState } from './keys/key-description.ts';
export { KeyError, type KeyErrorCode } from './keys/key-error.ts';
export type { DataKey, KeyProvider } from './keys/key-provider.ts';
export type { KeyReference } from './keys/key-reference.ts';
export type {
  AuthorizeUseRequest,
  ByCaller,
  CreateKeyRequest,
  GeneratedDataKey,
  KeyChange,
  KeyRequest,
  PutAliasRequest,
  PutPolicyRequest,
  ScheduleDeletionRequest,
  WrappedRequest,
} from './keys/key-requests.ts';
export { KeyService, type KeyServiceOptions } from './keys/key-service.ts';
export type { DestroyedKey, KeyStore, StoredKey, StoredKeys } from './keys/key-store.ts';
export { KeyStoreFile } from './keys/key-store-file.ts';
export type {
  AuthorizeKey,
  KeyAction,
  KeyCaller,
  KeyQuestion,
  KeyUse,
  RecordKeyUse,
} from './keys/key-use.ts';
export { type AwsKmsOptions, connectAwsKms } from './providers/aws-kms/connect-aws-kms.ts';
export {
  backupKeyring,
  type KeyringBackupOptions,
  type RestoredKeyring,
  restoreKeyring,
} from './providers/local/keyring-backup.ts';
export { LocalKeyring, type LocalKeyringOptions } from './providers/local/local-keyring.ts';
export type { KeyringUnlock } from './providers/local/root-key.ts';
export type { VaultOptions } from './providers/vault-transit/vault-client.ts';
export { VaultTransit } from './providers/vault-transit/vault-transit.ts';
export { type OpenRangeOptions, openRange, openWhole } from './records/open-range.ts';
export { SealedDataError } from './records/sealed-data-error.ts';
export { sealedSize } from './records/sealed-size.ts';
export { type SealedFileOptions, type SealedSource, sealedFile } from './records/sealed-source.ts';
export { createSealer, createSealingStream, type Sealer } from './records/sealer.ts';
export { createSizedSealer } from './records/sized-sealer.ts';
