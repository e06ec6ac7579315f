import { createSecureContext, type SecureContext } from 'node:tls';
import { type CertificateAuthority, issueCertificate } from './certificate-authority.ts';

const renewAfterMilliseconds = 24 * 60 * 60 * 1000;

/** The certificate of one endpoint, renewed in its place; its key is never written down. */
export class EndpointCertificate {
  readonly #hostNames: readonly string[];
  #secureContext: SecureContext;
  #renewAt: number;

  constructor(hostNames: readonly string[], authority: CertificateAuthority, now: Date) {
    this.#hostNames = hostNames;
    [this.#secureContext, this.#renewAt] = this.#issue(authority, now);
  }

  /** For a handshake that begins now. */
  get secureContext(): SecureContext {
    return this.#secureContext;
  }

  renewWhenDue(authority: CertificateAuthority, now: Date): void {
    if (now.getTime() >= this.#renewAt) this.renew(authority, now);
  }

  renew(authority: CertificateAuthority, now: Date): void {
    [this.#secureContext, this.#renewAt] = this.#issue(authority, now);
  }

  #issue(authority: CertificateAuthority, now: Date): [SecureContext, number] {
    const { certificatePem, privateKeyPem } = issueCertificate(authority, this.#hostNames, now);
    const secureContext = createSecureContext({
      ...{ cert: certificatePem, key: privateKeyPem },
      minVersion: 'TLSv1.2',
    });
    return [secureContext, now.getTime() + renewAfterMilliseconds];
  }
}
