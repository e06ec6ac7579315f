import type { EncryptionContext } from './encryption-context.ts';
import type { KeyProviderName } from './key-description.ts';

export interface DataKey {
  /** 32 bytes, the receiver's own: it may overwrite them when it is done. */
  readonly dataKey: Buffer;
  readonly wrapped: Buffer;
}

/**
 * Holds key material and nothing else: states, policies and records are `KeyService`'s, whatever holds
 * the material. Every method rejects with a `KeyError`.
 */
export interface KeyProvider {
  readonly name: KeyProviderName;
  /** @returns what the other methods call the key by. */
  createKey(keyId: string): Promise<{ readonly providerKeyId: string }>;
  /** A fresh 256-bit key, wrapped by the newest version. */
  generateDataKey(providerKeyId: string, context: EncryptionContext): Promise<DataKey>;
  /** @throws {KeyError} `InvalidCiphertextException`: altered, of another key, or of another context */
  decrypt(providerKeyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer>;
  /** The same key under the newest version. */
  rewrap(providerKeyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer>;
  /** Makes a newest version; older ones go on opening what they wrapped. */
  rotate(providerKeyId: string): Promise<void>;
  /** Nothing opens afterwards. A key that is gone already is no error, so that it can be repeated. */
  destroyKey(providerKeyId: string): Promise<void>;
  /** @throws {KeyError} `KeyUnavailableException` when material of one of these is certain to be lost */
  checkKeys(providerKeyIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
