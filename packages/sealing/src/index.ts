export {
  BucketKeys,
  type BucketKeysOptions,
  type ObjectBinding,
  type ObjectKey,
  type RewrapRequest,
  type UnwrapRequest,
  type WrappedObjectKey,
  type WrapRequest,
} from './bucket-keys/bucket-keys.ts';
export type { EncryptionContext } from './keys/encryption-context.ts';
export type { KeyDescription, KeyProviderName, KeyState } from './keys/key-description.ts';
export { KeyError, type KeyErrorCode } from './keys/key-error.ts';
export type { DataKey, KeyProvider } from './keys/key-provider.ts';
export {
  type ByCaller,
  type CreateKeyRequest,
  type GeneratedDataKey,
  type KeyChange,
  type KeyReference,
  type KeyRequest,
  KeyService,
  type KeyServiceOptions,
  type WrappedRequest,
} from './keys/key-service.ts';
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
export { type OpenRangeOptions, openRange } from './records/open-range.ts';
export { SealedDataError } from './records/sealed-data-error.ts';
export { sealedSize } from './records/sealed-size.ts';
export { type SealedSource, sealedFile } from './records/sealed-source.ts';
export { createSealer, createSealingStream, type Sealer } from './records/sealer.ts';
