import {
  CreateKeyCommand,
  DecryptCommand,
  GenerateDataKeyCommand,
  type KMSClient,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { EncryptionContext } from '../../keys/encryption-context.ts';
import { KeyError } from '../../keys/key-error.ts';
import type { DataKey, KeyProvider } from '../../keys/key-provider.ts';
import { kmsErrorOf } from './kms-error.ts';

/** The shortest that AWS allows. Ours, with its own waiting period, is over by then. */
const kmsWaitingDays = 7;

/** Keys in AWS KMS. Their policies there should allow this program and its administrators alone. */
export class AwsKms implements KeyProvider {
  readonly name = 'aws-kms';
  readonly #client: KMSClient;

  /** @param client closed with the provider. */
  constructor(client: KMSClient) {
    this.#client = client;
  }

  createKey(keyId: string): Promise<{ readonly providerKeyId: string }> {
    return this.#ask('create', keyId, async () => {
      const { KeyMetadata } = await this.#client.send(
        new CreateKeyCommand({
          Description: `Strongroom key ${keyId}`,
          // Tells which key is whose, should the register that names this one not get written.
          Tags: [{ TagKey: 'strongroom-key-id', TagValue: keyId }],
        }),
      );
      return { providerKeyId: required(KeyMetadata?.Arn, keyId) };
    });
  }

  generateDataKey(key: string, context: EncryptionContext): Promise<DataKey> {
    return this.#ask('use', key, async () => {
      const { Plaintext, CiphertextBlob } = await this.#client.send(
        new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256', EncryptionContext: context }),
      );
      const dataKey = Buffer.from(required(Plaintext, key));
      return { dataKey, wrapped: Buffer.from(required(CiphertextBlob, key)) };
    });
  }

  decrypt(key: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    return this.#ask('use', key, async () => {
      // With the key named, KMS refuses what another key wrapped (API Reference, Decrypt, "KeyId").
      const { Plaintext } = await this.#client.send(
        new DecryptCommand({ KeyId: key, CiphertextBlob: wrapped, EncryptionContext: context }),
      );
      return Buffer.from(required(Plaintext, key));
    });
  }

  /** The data key does not leave AWS. */
  rewrap(key: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    return this.#ask('use', key, async () => {
      const { CiphertextBlob } = await this.#client.send(
        new ReEncryptCommand({
          CiphertextBlob: wrapped,
          SourceKeyId: key,
          SourceEncryptionContext: context,
          DestinationKeyId: key,
          DestinationEncryptionContext: context,
        }),
      );
      return Buffer.from(required(CiphertextBlob, key));
    });
  }

  rotate(key: string): Promise<void> {
    return this.#ask('rotate', key, async () => {
      await this.#client.send(new RotateKeyOnDemandCommand({ KeyId: key }));
    });
  }

  /** Unusable at once. AWS destroys the material after a waiting period of its own. */
  async destroyKey(key: string): Promise<void> {
    const request = { KeyId: key, PendingWindowInDays: kmsWaitingDays };
    try {
      await this.#ask('destroy', key, () =>
        this.#client.send(new ScheduleKeyDeletionCommand(request)),
      );
    } catch (error) {
      const goneCodes = ['NotFoundException', 'KMSInvalidStateException'];
      if (error instanceof KeyError && goneCodes.includes(error.code)) return;
      throw error;
    }
  }

  /** That AWS cannot be asked now is no loss; whether a key is there shows when it is used. */
  async checkKeys(_keys: readonly string[]): Promise<void> {}

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #ask<Answer>(action: string, key: string, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      throw kmsErrorOf(error, `Cannot ${action} the key "${key}" in AWS KMS`);
    }
  }
}

function required<Value>(value: Value | undefined, key: string): Value {
  if (value !== undefined) return value;
  const message = `Cannot use the key "${key}" in AWS KMS: the answer is incomplete`;
  throw new KeyError('KeyUnavailableException', message);
}
