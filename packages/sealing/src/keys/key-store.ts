import type { KeyProviderName, KeyState } from './key-description.ts';

/** What is kept of a key. No secret. */
export interface StoredKey {
  readonly keyId: string;
  readonly provider: KeyProviderName;
  readonly providerKeyId: string;
  readonly description: string;
  readonly state: KeyState;
  /** ISO 8601, like all times here. */
  readonly createdAt: string;
  readonly rotatedAt?: string | undefined;
  readonly versionCount: number;
  readonly deletionDate?: string | undefined;
  readonly policy: unknown;
}

/** A key whose material is destroyed, kept so that a refusal can say when. */
export interface DestroyedKey {
  readonly keyId: string;
  readonly destroyedAt: string;
}

export interface StoredKeys {
  readonly keys: readonly StoredKey[];
  /** From `alias/<name>` to key id. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly destroyed: readonly DestroyedKey[];
}

/** Keeps the register of keys. */
export interface KeyStore {
  load(): Promise<StoredKeys>;
  /** Resolves when it is on the disk, whole; rejects when nothing of it is. */
  save(keys: StoredKeys): Promise<void>;
}
