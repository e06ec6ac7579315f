import { X509Certificate } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, readText, replaceFile } from '../../config/file-on-disk.ts';
import { readKeyFile, unusable, writeKeyFile } from '../../keys/key-file.ts';
import {
  type CertificateAuthority,
  exportPrivateKey,
  loadAuthority,
} from './certificate-authority.ts';

/** The authority in `<dataFolder>/keys`. */
export class AuthorityFiles {
  readonly #keyPath: string;
  readonly #certificatePath: string;

  constructor(dataFolder: string) {
    this.#keyPath = join(dataFolder, 'keys', 'domain-ca.key');
    this.#certificatePath = join(dataFolder, 'keys', 'domain-ca.pem');
  }

  /**
   * `undefined` where neither file is there. A start ends all studios' trust in what was before, so
   * that starting anew is always safe; but it is for the operator to say, not for us.
   *
   * @throws {StartError} `KeyFileUnusable`
   */
  async read(): Promise<CertificateAuthority | undefined> {
    const privateKeyPem = await readKeyFile(this.#keyPath);
    const certificatePem = await readText(this.#certificatePath).catch((error: unknown) => {
      throw this.#unusable(this.#certificatePath, (error as Error).message, error);
    });
    if (privateKeyPem === undefined && certificatePem === undefined) return undefined;
    if (privateKeyPem === undefined) throw this.#unusable(this.#keyPath, 'it is missing');
    if (certificatePem === undefined) throw this.#unusable(this.#certificatePath, 'it is missing');
    this.#checkCertificate(certificatePem);
    try {
      return loadAuthority(privateKeyPem, certificatePem);
    } catch {
      // No cause: what OpenSSL says about a key is not for a log.
      throw this.#unusable(this.#keyPath, 'it is damaged, or not the key of domain-ca.pem');
    }
  }

  async write(authority: CertificateAuthority): Promise<void> {
    await writeKeyFile(this.#keyPath, exportPrivateKey(authority.privateKey));
    const isThere = await lstat(this.#certificatePath).then(
      () => true,
      () => false,
    );
    const write = isThere ? replaceFile : createFile;
    await write(this.#certificatePath, authority.certificatePem);
  }

  #checkCertificate(certificatePem: string): void {
    try {
      new X509Certificate(certificatePem);
    } catch (error) {
      throw this.#unusable(this.#certificatePath, 'it is damaged', error);
    }
  }

  #unusable(path: string, why: string, cause?: unknown) {
    const both = `"${this.#keyPath}" and "${this.#certificatePath}"`;
    return unusable(path, why, `restore ${both}, or remove both and start again`, cause);
  }
}
