import { createSecureContext, type SecureContext } from 'node:tls';
import { type CertificateAuthority, issueCertificate } from './certificate-authority.ts';

const renewAfterMilliseconds = 24 * 60 * 60 * 1000;

/** The certificate of one endpoint, renewed in its place; its key is never written down. */
export class EndpointCertificate {
  readonly #hostNames: readonly string[];
  #pem: { readonly cert: string; readonly key: string };
  #secureContext: SecureContext;
  #renewAt: number;

  constructor(hostNames: readonly string[], authority: CertificateAuthority, now: Date) {
    this.#hostNames = hostNames;
    [this.#pem, this.#secureContext, this.#renewAt] = this.#issue(authority, now);
  }

  /** For a handshake that begins now. */
  get secureContext(): SecureContext {
    return this.#secureContext;
  }

  /** For a server that asks for one before it listens; handshakes take the context. */
  get pem(): { readonly cert: string; readonly key: string } {
    return this.#pem;
  }

  renewWhenDue(authority: CertificateAuthority, now: Date): void {
    if (now.getTime() >= this.#renewAt) this.renew(authority, now);
  }

  renew(authority: CertificateAuthority, now: Date): void {
    [this.#pem, this.#secureContext, this.#renewAt] = this.#issue(authority, now);
  }

  #issue(
    authority: CertificateAuthority,
    now: Date,
  ): [{ cert: string; key: string }, SecureContext, number] {
    const { certificatePem, privateKeyPem } = issueCertificate(authority, this.#hostNames, now);
    const pem = { cert: certificatePem, key: privateKeyPem };
    const secureContext = createSecureContext({ ...pem, minVersion: 'TLSv1.2' });
    return [pem, secureContext, now.getTime() + renewAfterMilliseconds];
  }
}
