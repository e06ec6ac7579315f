import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { readSecretFile, writeSecretFile } from '../../keys/secret-file.ts';
import { StartError } from '../../start-error.ts';
import { openssl } from './openssl.ts';

export interface DomainCaOptions {
  /** Where keys are kept: for the operator alone. */
  readonly folder: string;
  readonly domainName: string;
  /** The DNS names, and names under them, that it may vouch for. */
  readonly permittedNames: readonly string[];
  readonly clock: Clock;
}

export interface IssuedCertificate {
  /** PEM, the leaf and the authority that signed it. */
  readonly chain: string;
  /** PEM (PKCS #8). */
  readonly privateKey: string;
  readonly expiresAt: Date;
}

const names = {
  key: 'domain-ca.key',
  certificate: 'domain-ca.pem',
  previous: 'domain-ca-previous.pem',
};
const authorityDays = 3_650;
const leafDays = 30;

/**
 * The domain's own certificate authority. It vouches for the endpoints in the studios' networks and,
 * by its name constraints (RFC 5280, section 4.2.1.10), for nothing else. Its key never leaves the
 * control plane.
 */
export class DomainCa {
  readonly #options: DomainCaOptions;
  #certificate: string;

  private constructor(options: DomainCaOptions, certificate: string) {
    this.#options = options;
    this.#certificate = certificate;
  }

  /** @throws {StartError} `KeyUnusable` naming the file and the mend */
  static async open(options: DomainCaOptions): Promise<DomainCa> {
    const certificatePath = join(options.folder, names.certificate);
    const key = await readSecretFile(join(options.folder, names.key));
    const known = await readFile(certificatePath, 'utf8').catch(() => undefined);
    if (key === undefined && known === undefined) {
      return new DomainCa(options, await createAuthority(options));
    }
    const ca = new DomainCa(options, known ?? '');
    ca.#requirePair(certificatePath, key?.toString('utf8'), known);
    return ca;
  }

  /** PEM of what sandboxes trust: the authority, and after a rotation also the one before it. */
  async trusted(): Promise<string> {
    const previous = await readFile(this.#path('previous'), 'utf8').catch(() => '');
    return `${this.#certificate}${previous}`;
  }

  /** A new authority; the old one stays trusted until `forgetPrevious`. */
  async rotate(): Promise<void> {
    await rename(this.#path('certificate'), this.#path('previous'));
    await rm(this.#path('key'), { force: true });
    this.#certificate = await createAuthority(this.#options);
  }

  async forgetPrevious(): Promise<void> {
    await rm(this.#path('previous'), { force: true });
  }

  /** For TLS servers of these names; `*.` stands for one label (RFC 6125, section 6.4.3). */
  async issue(hostNames: readonly string[]): Promise<IssuedCertificate> {
    const privateKey = newPrivateKey();
    const subject = hostNames[0]?.slice(0, 64) ?? 'endpoint';
    const leaf = await this.#withKeyFile(privateKey, (keyFile) =>
      openssl([
        ...[
          'req',
          '-new',
          '-x509',
          '-sha256',
          '-days',
          String(leafDays),
          '-subj',
          `/CN=${subject}`,
        ],
        ...['-CA', this.#path('certificate'), '-CAkey', this.#path('key'), '-key', keyFile],
        ...['-addext', 'basicConstraints=critical,CA:FALSE'],
        ...['-addext', 'keyUsage=critical,digitalSignature'],
        ...['-addext', 'extendedKeyUsage=serverAuth'],
        ...['-addext', 'subjectKeyIdentifier=hash', '-addext', 'authorityKeyIdentifier=keyid'],
        ...['-addext', `subjectAltName=${hostNames.map((name) => `DNS:${name}`).join(',')}`],
      ]),
    );
    const expiresAt = new Date(new X509Certificate(leaf).validTo);
    return { chain: `${leaf}${this.#certificate}`, privateKey, expiresAt };
  }

  /** openssl reads keys from files alone. */
  async #withKeyFile(key: string, use: (path: string) => Promise<string>): Promise<string> {
    const path = join(this.#options.folder, `leaf-${randomBytes(6).toString('hex')}.key`);
    try {
      await writeSecretFile(path, key);
      return await use(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  #path(name: keyof typeof names): string {
    return join(this.#options.folder, names[name]);
  }

  #requirePair(path: string, key: string | undefined, certificate: string | undefined): void {
    const mend = `restore both ${names.key} and ${names.certificate}, or remove both to get a new authority`;
    try {
      if (key === undefined || certificate === undefined)
        throw new Error('one of the two is missing');
      const parsed = new X509Certificate(certificate);
      if (!parsed.checkPrivateKey(createPrivateKey(key)))
        throw new Error('they do not belong together');
      if (new Date(parsed.validTo) <= this.#options.clock()) throw new Error('it has expired');
    } catch (error) {
      const message = `Cannot use the domain's authority "${path}": ${(error as Error).message} (${mend})`;
      throw new StartError('KeyUnusable', message, { cause: error });
    }
  }
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Writes the key first: a certificate without its key would be of no use. */
async function createAuthority(options: DomainCaOptions): Promise<string> {
  const { folder, domainName, permittedNames } = options;
  const keyPath = join(folder, names.key);
  await writeSecretFile(keyPath, newPrivateKey());
  const permitted = permittedNames.map((name) => `permitted;DNS:${name}`).join(',');
  const certificate = await openssl([
    ...['req', '-new', '-x509', '-sha256', '-days', String(authorityDays), '-key', keyPath],
    ...['-subj', `/O=Strongroom/CN=${`Domain ${domainName}`.slice(0, 64)}`],
    ...['-addext', 'basicConstraints=critical,CA:TRUE,pathlen:0'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ...['-addext', `nameConstraints=critical,${permitted}`],
  ]);
  await writeFile(join(folder, names.certificate), certificate, { mode: 0o644 });
  return certificate;
}
