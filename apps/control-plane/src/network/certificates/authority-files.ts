import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile } from '../../config/file-on-disk.ts';
import { readKeyFile, unusable, writeKeyFile } from '../../keys/key-file.ts';
import {
  type CertificateAuthority,
  exportPrivateKey,
  loadAuthority,
} from './certificate-authority.ts';

const privateKeyBlock = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n?/;
const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/;

/**
 * The authority in `<dataFolder>/keys`. INVARIANT: key and certificate are one file, replaced as a
 * whole, so that a crash at any moment leaves the two that belong together. The certificate beside it
 * is a copy for whoever wants to look at it or trust it elsewhere.
 */
export class AuthorityFiles {
  readonly #keyPath: string;
  readonly #certificatePath: string;

  constructor(dataFolder: string) {
    this.#keyPath = join(dataFolder, 'keys', 'domain-ca.key');
    this.#certificatePath = join(dataFolder, 'keys', 'domain-ca.pem');
  }

  /**
   * `undefined` where there is none. A start ends all studios' trust in what was before, so
   * that starting anew is always safe; but it is for the operator to say, not for us.
   *
   * @throws {StartError} `KeyFileUnusable`
   */
  async read(): Promise<CertificateAuthority | undefined> {
    const text = await readKeyFile(this.#keyPath);
    if (text === undefined) return undefined;
    const [privateKeyPem] = privateKeyBlock.exec(text) ?? [];
    const [certificatePem] = certificateBlock.exec(text) ?? [];
    if (privateKeyPem === undefined || certificatePem === undefined) throw this.#unusable();
    const authority = load(privateKeyPem, certificatePem);
    if (authority === undefined) throw this.#unusable();
    await this.#writeCopy(authority);
    return authority;
  }

  async write(authority: CertificateAuthority): Promise<void> {
    const privateKeyPem = exportPrivateKey(authority.privateKey);
    await writeKeyFile(this.#keyPath, `${privateKeyPem}${authority.certificatePem}`);
    await this.#writeCopy(authority);
  }

  async #writeCopy({ certificatePem }: CertificateAuthority): Promise<void> {
    const isSame = await readFile(this.#certificatePath, 'utf8').then(
      (text) => text === certificatePem,
      () => false,
    );
    if (isSame) return;
    await rm(this.#certificatePath, { force: true });
    await createFile(this.#certificatePath, certificatePem);
  }

  #unusable() {
    const why = 'it is damaged, or its key and certificate do not belong together';
    return unusable(this.#keyPath, why, 'restore it, or remove it and start again');
  }
}

/** No cause is told: what OpenSSL says about a key is not for a log. */
function load(privateKeyPem: string, certificatePem: string): CertificateAuthority | undefined {
  try {
    return loadAuthority(privateKeyPem, certificatePem);
  } catch {
    return undefined;
  }
}
