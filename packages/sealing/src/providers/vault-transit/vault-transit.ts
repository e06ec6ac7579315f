import { contextBytes, type EncryptionContext } from '../../keys/encryption-context.ts';
import { KeyError } from '../../keys/key-error.ts';
import type { DataKey, KeyProvider } from '../../keys/key-provider.ts';
import { VaultClient, type VaultOptions } from './vault-client.ts';

/**
 * Keys in the transit engine of HashiCorp Vault (API documentation, "Transit secrets engine"). The
 * encryption context is the key derivation context of a derived key: a data key cannot be made with
 * `associated_data`, and a derived key also works with engines older than that parameter.
 */
export class VaultTransit implements KeyProvider {
  readonly name = 'vault-transit';
  readonly #client: VaultClient;

  constructor(options: VaultOptions) {
    this.#client = new VaultClient(options);
  }

  async createKey(keyId: string): Promise<{ readonly providerKeyId: string }> {
    await this.#client.ask('POST', `keys/${encodeURIComponent(keyId)}`, {
      ...{ type: 'aes256-gcm96', derived: true, exportable: false, allow_plaintext_backup: false },
    });
    return { providerKeyId: keyId };
  }

  async generateDataKey(key: string, context: EncryptionContext): Promise<DataKey> {
    const path = `datakey/plaintext/${encodeURIComponent(key)}`;
    const data = await this.#client.ask('POST', path, { bits: 256, context: derivation(context) });
    const dataKey = dataKeyOf(data.plaintext, path);
    return { dataKey, wrapped: Buffer.from(textOf(data.ciphertext, path)) };
  }

  async decrypt(key: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    const path = `decrypt/${encodeURIComponent(key)}`;
    const { plaintext } = await this.#client.ask('POST', path, wrappedBody(wrapped, context));
    return dataKeyOf(plaintext, path);
  }

  /** The data key does not leave Vault. */
  async rewrap(key: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    const path = `rewrap/${encodeURIComponent(key)}`;
    const { ciphertext } = await this.#client.ask('POST', path, wrappedBody(wrapped, context));
    return Buffer.from(textOf(ciphertext, path));
  }

  async rotate(key: string): Promise<void> {
    const path = `keys/${encodeURIComponent(key)}`;
    // Asked for first, because a rotation's answer to a missing key differs between versions of Vault.
    await this.#client.ask('GET', path);
    await this.#client.ask('POST', `${path}/rotate`);
  }

  async destroyKey(key: string): Promise<void> {
    const path = `keys/${encodeURIComponent(key)}`;
    try {
      await this.#client.ask('GET', path);
    } catch (error) {
      if (error instanceof KeyError && error.code === 'NotFoundException') return;
      throw error;
    }
    await this.#client.ask('POST', `${path}/config`, { deletion_allowed: true });
    await this.#client.ask('DELETE', path);
  }

  /** That Vault cannot be asked now is no loss; whether a key is there shows when it is used. */
  async checkKeys(_keys: readonly string[]): Promise<void> {}

  async close(): Promise<void> {}
}

function derivation(context: EncryptionContext): string {
  return contextBytes(context).toString('base64');
}

function wrappedBody(wrapped: Buffer, context: EncryptionContext) {
  // Vault's ciphertexts are text, `vault:v<version>:<base64>`.
  return { ciphertext: wrapped.toString('latin1'), context: derivation(context) };
}

function dataKeyOf(value: unknown, path: string): Buffer {
  const dataKey = Buffer.from(textOf(value, path), 'base64');
  if (dataKey.length === 32) return dataKey;
  throw incomplete(path);
}

function textOf(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  throw incomplete(path);
}

function incomplete(path: string): KeyError {
  const message = `Cannot ask Vault for "${path}": the answer is incomplete`;
  return new KeyError('KeyUnavailableException', message);
}
