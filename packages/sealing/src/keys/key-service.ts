import { randomUUID } from 'node:crypto';
import { KeyChangeListeners } from './key-change-listeners.ts';
import * as changes from './key-changes.ts';
import type { KeyDescription } from './key-description.ts';
import { KeyError } from './key-error.ts';
import { type GuardedUse, KeyGuard } from './key-guard.ts';
import type { KeyProvider } from './key-provider.ts';
import { checkAlias, type KeyReference, keyArnOf } from './key-reference.ts';
import { KeyRegister } from './key-register.ts';
import type {
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
} from './key-requests.ts';
import type { KeyStore, StoredKey } from './key-store.ts';
import type { AuthorizeKey, KeyAction, RecordKeyUse } from './key-use.ts';
import { decodeWrappedKey, encodeWrappedKey } from './wrapped-key.ts';

export interface KeyServiceOptions {
  readonly store: KeyStore;
  /** Closed with the service. */
  readonly provider: KeyProvider;
  readonly clock: () => Date;
  readonly accountId: string;
  readonly region: string;
  readonly authorize: AuthorizeKey;
  readonly onUse: RecordKeyUse;
}

/**
 * Customer-managed keys: their states, aliases, policies and records of use, the same whatever holds
 * their material. Every use is authorised, then tried, then recorded, then answered. What changes a key
 * is recorded before it is done. All methods that return a promise reject with a `KeyError`.
 */
export class KeyService {
  readonly #options: KeyServiceOptions;
  readonly #register: KeyRegister;
  readonly #guard: KeyGuard;
  readonly #listeners = new KeyChangeListeners();
  #providerCallCount = 0;

  private constructor(options: KeyServiceOptions, register: KeyRegister) {
    this.#options = options;
    this.#register = register;
    this.#guard = new KeyGuard(options.authorize, options.onUse);
  }

  /** @throws {KeyError} `KeyUnavailableException` when the register or material of a key is lost */
  static async open(options: KeyServiceOptions): Promise<KeyService> {
    const { store, provider, accountId, region } = options;
    const register = await KeyRegister.open(store, { accountId, region });
    const held = register.keys.filter((key) => key.provider === provider.name);
    await provider.checkKeys(held.map(({ providerKeyId }) => providerKeyId));
    return new KeyService(options, register);
  }

  /** How often the provider was asked, for material or about it. */
  get providerCallCount(): number {
    return this.#providerCallCount;
  }

  /** Answers from memory and is no use of the key. @throws {KeyError} `NotFoundException` */
  describe(reference: KeyReference): KeyDescription {
    return this.#register.describe(this.#register.find(reference));
  }

  list(): readonly KeyDescription[] {
    return this.#register.keys.map((key) => this.#register.describe(key));
  }

  async create({ alias, description = '', policy, caller }: CreateKeyRequest) {
    const { provider, clock } = this.#options;
    const keyId = randomUUID();
    const keyArn = keyArnOf(keyId, this.#options);
    const question = { keyId, keyArn, keyPolicy: undefined, context: {}, caller };
    await this.#guard.use({ ...question, action: 'kms:CreateKey' }, () => {
      if (alias !== undefined) this.#checkNewAlias(alias);
    });
    const { providerKeyId } = await this.#ask(() => provider.createKey(keyId));
    const key: StoredKey = {
      ...{ keyId, provider: provider.name, providerKeyId, description, policy },
      ...{ state: 'Enabled', createdAt: clock().toISOString(), versionCount: 1 },
    };
    await this.#register.change((stored) => {
      if (alias !== undefined) this.#checkNewAlias(alias);
      const aliases = alias === undefined ? {} : { [alias]: keyId };
      return {
        ...stored,
        keys: [...stored.keys, key],
        aliases: { ...stored.aliases, ...aliases },
      };
    });
    return this.describe(keyId);
  }

  /** A newest version for what is sealed from now on; what older ones sealed still opens. */
  async rotate(reference: KeyReference, by: ByCaller): Promise<KeyDescription> {
    const { provider, clock } = this.#options;
    const change = (key: StoredKey) => changes.rotated(key, clock());
    return this.#manage(reference, { ...by, action: 'kms:RotateKeyOnDemand', change }, (key) =>
      this.#askAbout(key, () => provider.rotate(key.providerKeyId)),
    );
  }

  enable(reference: KeyReference, by: ByCaller): Promise<KeyDescription> {
    return this.#manage(reference, { ...by, action: 'kms:EnableKey', change: changes.enabled });
  }

  /** When it resolves, nothing opens what the key sealed. */
  disable(reference: KeyReference, by: ByCaller): Promise<KeyDescription> {
    return this.#manage(reference, { ...by, action: 'kms:DisableKey', change: changes.disabled });
  }

  /** Unusable at once, destroyed by the first `deleteDue()` after the waiting period. */
  scheduleDeletion(
    reference: KeyReference,
    { caller, waitingDays }: ScheduleDeletionRequest,
  ): Promise<KeyDescription> {
    const now = this.#options.clock();
    const change = (key: StoredKey) => changes.pendingDeletion(key, waitingDays, now);
    return this.#manage(reference, { caller, action: 'kms:ScheduleKeyDeletion', change });
  }

  cancelDeletion(reference: KeyReference, by: ByCaller): Promise<KeyDescription> {
    const change = changes.deletionCancelled;
    return this.#manage(reference, { ...by, action: 'kms:CancelKeyDeletion', change });
  }

  putPolicy(reference: KeyReference, { caller, policy }: PutPolicyRequest) {
    const change = (key: StoredKey) => ({ ...key, policy });
    return this.#manage(reference, { caller, action: 'kms:PutKeyPolicy', change });
  }

  /** Makes the alias, or points it to this key. */
  async putAlias(
    reference: KeyReference,
    { caller, alias }: PutAliasRequest,
  ): Promise<KeyDescription> {
    const key = this.#register.find(reference);
    const action = this.#register.hasAlias(alias) ? 'kms:UpdateAlias' : 'kms:CreateAlias';
    await this.#guard.use(this.#question(key, { action, caller, context: {} }), () => {
      checkAlias(alias);
      changes.checkNotPending(key, 'name');
    });
    await this.#register.change((stored) => ({
      ...stored,
      aliases: { ...stored.aliases, [alias]: key.keyId },
    }));
    return this.describe(key.keyId);
  }

  /**
   * Destroys the material of keys whose waiting period is over: what they sealed is gone for good.
   *
   * @returns the ids of the destroyed keys
   */
  async deleteDue(): Promise<readonly string[]> {
    const due = this.#register.keys.filter((key) => changes.isDue(key, this.#options.clock()));
    for (const key of due) await this.#destroy(key);
    return due.map(({ keyId }) => keyId);
  }

  async generateDataKey({
    key: reference,
    context,
    caller,
  }: KeyRequest): Promise<GeneratedDataKey> {
    const key = this.#register.find(reference);
    const question = this.#question(key, { action: 'kms:GenerateDataKey', context, caller });
    const { dataKey, wrapped } = await this.#useMaterial(question, (provider) =>
      provider.generateDataKey(key.providerKeyId, context),
    );
    return { dataKey, wrapped: encodeWrappedKey(key.keyId, wrapped), keyArn: question.keyArn };
  }

  async decrypt({ wrapped, context, caller }: WrappedRequest): Promise<Buffer> {
    const { keyId, body } = decodeWrappedKey(wrapped);
    const key = this.#register.find(keyId);
    const question = this.#question(key, { action: 'kms:Decrypt', context, caller });
    return this.#useMaterial(question, (provider) =>
      provider.decrypt(key.providerKeyId, body, context),
    );
  }

  /** The same data key under the key's newest version. */
  async rewrap({ wrapped, context, caller }: WrappedRequest): Promise<Buffer> {
    const { keyId, body } = decodeWrappedKey(wrapped);
    const key = this.#register.find(keyId);
    await this.authorizeUse({ key: keyId, action: 'kms:ReEncryptFrom', context, caller });
    const question = this.#question(key, { action: 'kms:ReEncryptTo', context, caller });
    const newest = await this.#useMaterial(question, (provider) =>
      provider.rewrap(key.providerKeyId, body, context),
    );
    return encodeWrappedKey(keyId, newest);
  }

  /** Judged and recorded as a use, without asking the provider: for what was opened before. */
  async authorizeUse({ key: reference, action, context, caller }: AuthorizeUseRequest) {
    const key = this.#register.find(reference);
    const question = this.#question(key, { action, context, caller });
    await this.#guard.use({ ...question, isOpenAlready: true }, () => this.#checkUsable(key.keyId));
    this.#checkUsable(key.keyId);
    return this.describe(key.keyId);
  }

  /** Whose it is, without opening it. @throws {KeyError} `InvalidCiphertextException`, `NotFoundException` */
  keyOfBlob(wrapped: Buffer): KeyDescription {
    return this.describe(decodeWrappedKey(wrapped).keyId);
  }

  /**
   * The listener is called in the same turn in which a change begins to hold, and must not throw.
   *
   * @returns what ends the listening
   */
  on(event: 'changed', listener: (change: KeyChange) => void): () => void {
    return this.#listeners.on(event, listener);
  }

  close(): Promise<void> {
    return this.#options.provider.close();
  }

  async #manage(
    reference: KeyReference,
    { caller, action, change }: ManagementAct,
    act?: (key: StoredKey) => Promise<void>,
  ): Promise<KeyDescription> {
    const key = this.#register.find(reference);
    await this.#guard.use(this.#question(key, { action, caller, context: {} }), () => {
      // Refused before anything is done; what counts is the key's state when the change's turn comes.
      change(key);
    });
    await act?.(key);
    await this.#register.changeKey(key.keyId, change);
    const description = this.describe(key.keyId);
    this.#listeners.tell({ keyId: key.keyId, state: description.state });
    return description;
  }

  async #destroy(key: StoredKey): Promise<void> {
    const { provider, clock } = this.#options;
    const caller = { principal: 'platform' };
    const question = this.#question(key, { action: 'kms:DeleteKey', caller, context: {} });
    await this.#guard.record(question, 'allowed');
    // The provider first: a crash in between is repaired by the next call, which destroys it again.
    await this.#askAbout(key, () => provider.destroyKey(key.providerKeyId));
    const { keyId } = key;
    await this.#register.change((stored) => changes.withoutKeys(stored, [keyId], clock()));
    this.#listeners.tell({ keyId, state: 'Deleted' });
  }

  async #useMaterial<Answer>(
    question: GuardedUse,
    work: (provider: KeyProvider) => Promise<Answer>,
  ): Promise<Answer> {
    const answer = await this.#guard.use(question, () => {
      const key = this.#checkUsable(question.keyId);
      return this.#askAbout(key, () => work(this.#options.provider));
    });
    // It may have been disabled while the provider or the record was waited for.
    this.#checkUsable(question.keyId);
    return answer;
  }

  #ask<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    this.#providerCallCount += 1;
    return work();
  }

  async #askAbout<Answer>(key: StoredKey, work: () => Promise<Answer>): Promise<Answer> {
    const { name } = this.#options.provider;
    if (key.provider === name) return this.#ask(work);
    const message = `Cannot use the key "${key.keyId}": ${key.provider} holds it, and ${name} is set up`;
    throw new KeyError('KeyUnavailableException', message);
  }

  #checkUsable(keyId: string): StoredKey {
    const key = this.#register.find(keyId);
    changes.checkUsable(key);
    return key;
  }

  #checkNewAlias(alias: string): void {
    checkAlias(alias);
    if (!this.#register.hasAlias(alias)) return;
    throw new KeyError('AlreadyExistsException', `Cannot name a key "${alias}": another is`);
  }

  #question(key: StoredKey, asked: Pick<GuardedUse, 'action' | 'caller' | 'context'>): GuardedUse {
    const { keyId, policy } = key;
    return { ...asked, keyId, keyArn: keyArnOf(keyId, this.#options), keyPolicy: policy };
  }
}

interface ManagementAct extends ByCaller {
  readonly action: KeyAction;
  readonly change: (key: StoredKey) => StoredKey;
}
