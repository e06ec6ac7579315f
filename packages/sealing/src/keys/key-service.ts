import type { EncryptionContext } from './encryption-context.ts';
import type { KeyDescription, KeyState } from './key-description.ts';
import type { KeyProvider } from './key-provider.ts';
import type { KeyStore } from './key-store.ts';
import type { AuthorizeKey, KeyAction, KeyCaller, RecordKeyUse } from './key-use.ts';

export interface KeyServiceOptions {
  readonly store: KeyStore;
  readonly provider: KeyProvider;
  readonly clock: () => Date;
  readonly accountId: string;
  readonly region: string;
  readonly authorize: AuthorizeKey;
  readonly onUse: RecordKeyUse;
}

/** A key id (UUID), `alias/<name>`, a key's ARN or an alias's ARN. */
export type KeyReference = string;

export interface CreateKeyRequest {
  readonly alias?: string;
  readonly description?: string;
  readonly policy: unknown;
  readonly caller: KeyCaller;
}

export interface KeyRequest {
  readonly key: KeyReference;
  readonly context: EncryptionContext;
  readonly caller: KeyCaller;
}

export interface WrappedRequest {
  readonly wrapped: Buffer;
  readonly context: EncryptionContext;
  readonly caller: KeyCaller;
}

export interface GeneratedDataKey {
  readonly dataKey: Buffer;
  readonly wrapped: Buffer;
  readonly keyArn: string;
}

/** Caches of what a key opened are purged at once, whatever changed. */
export interface KeyChange {
  readonly keyId: string;
  readonly state: KeyState | 'Deleted';
}

export interface ByCaller {
  readonly caller: KeyCaller;
}

export class KeyService {
  readonly #options: KeyServiceOptions;

  private constructor(options: KeyServiceOptions) {
    this.#options = options;
  }

  static async open(options: KeyServiceOptions): Promise<KeyService> {
    return new KeyService(options);
  }

  /** How often the provider was asked for or about material. */
  get providerCallCount(): number {
    return 0;
  }

  /** @throws {KeyError} `NotFoundException` */
  describe(_reference: KeyReference): KeyDescription {
    throw new Error(`not yet: ${this.#options.region}`);
  }

  list(): readonly KeyDescription[] {
    throw new Error('not yet');
  }

  create(_request: CreateKeyRequest): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  rotate(_reference: KeyReference, _by: ByCaller): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  enable(_reference: KeyReference, _by: ByCaller): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  disable(_reference: KeyReference, _by: ByCaller): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  scheduleDeletion(
    _reference: KeyReference,
    _request: ByCaller & { readonly waitingDays: number },
  ): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  cancelDeletion(_reference: KeyReference, _by: ByCaller): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  putPolicy(
    _reference: KeyReference,
    _request: ByCaller & { readonly policy: unknown },
  ): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  /** Makes the alias, or points it to this key. */
  putAlias(
    _reference: KeyReference,
    _request: ByCaller & { readonly alias: string },
  ): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  /** Destroys the material of keys whose date has passed. @returns their ids. */
  deleteDue(): Promise<readonly string[]> {
    throw new Error('not yet');
  }

  generateDataKey(_request: KeyRequest): Promise<GeneratedDataKey> {
    throw new Error('not yet');
  }

  decrypt(_request: WrappedRequest): Promise<Buffer> {
    throw new Error('not yet');
  }

  /** The same data key under the key's newest version. */
  rewrap(_request: WrappedRequest): Promise<Buffer> {
    throw new Error('not yet');
  }

  /** State, policy and record as for a use, without asking the provider. */
  authorizeUse(_request: KeyRequest & { readonly action: KeyAction }): Promise<KeyDescription> {
    throw new Error('not yet');
  }

  /** The key whose service sealed this. @throws {KeyError} `InvalidCiphertextException`, `NotFoundException` */
  keyOfBlob(_wrapped: Buffer): KeyDescription {
    throw new Error('not yet');
  }

  /** Called in the same turn as the change. @returns what ends the listening. */
  on(_event: 'changed', _listener: (change: KeyChange) => void): () => void {
    throw new Error('not yet');
  }

  close(): Promise<void> {
    throw new Error('not yet');
  }
}
