import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { extensions } from './certificate-extensions.ts';
import { der } from './der.ts';

/** The domain's own authority, which vouches for the endpoints in the domain's studios alone. */
export interface CertificateAuthority {
  readonly certificate: X509Certificate;
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
}

export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
const authorityDays = 5 * 365;
const endpointDays = 30;
/** Clocks inside sandboxes are the host's, which may be set back a little. */
const backdatedMilliseconds = 60 * 60 * 1000;

export function createAuthority(options: {
  readonly domainName: string;
  readonly suffixes: readonly string[];
  readonly now: Date;
}): CertificateAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // Tells one rotation's authority from the next, where somebody reads its name.
  // A common name has at most 64 characters (RFC 5280, appendix A.1).
  const domainName = options.domainName.slice(0, 40);
  const name = `Strongroom ${domainName} CA ${randomBytes(4).toString('hex')}`;
  const certificatePem = writeCertificate({
    ...{ subject: name, issuer: name, publicKey, signingKey: privateKey },
    validity: validityOf(options.now, authorityDays),
    extensions: [
      extensions.certificateAuthority(),
      extensions.mayIssue(),
      extensions.onlyFor(options.suffixes),
      extensions.subjectKey(publicKey),
    ],
  });
  return { certificate: new X509Certificate(certificatePem), certificatePem, privateKey };
}

/** @throws {Error} where the two do not read, do not belong together, or are no authority of ours */
export function loadAuthority(privateKeyPem: string, certificatePem: string): CertificateAuthority {
  const privateKey = createPrivateKey(privateKeyPem);
  const certificate = new X509Certificate(certificatePem);
  if (!certificate.ca) throw new Error('the certificate is no authority');
  // Its name is written into what it issues, and we write names of one kind.
  if (!/^CN=[\w -]+$/.test(certificate.subject)) throw new Error('another program made it');
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error('key and certificate do not belong together');
  }
  return { certificate, certificatePem: certificate.toString(), privateKey };
}

/** A certificate for these names, with a key of its own. */
export function issueCertificate(
  authority: CertificateAuthority,
  hostNames: readonly string[],
  now: Date,
): IssuedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authorityKey = createPublicKey(authority.privateKey);
  const validity = validityOf(now, endpointDays);
  const certificatePem = writeCertificate({
    subject: 'Strongroom endpoint',
    issuer: commonNameOf(authority.certificate),
    ...{ publicKey, signingKey: authority.privateKey, validity },
    extensions: [
      ...[extensions.endEntity(), extensions.maySign(), extensions.servesTls()],
      extensions.hostNames(hostNames),
      extensions.subjectKey(publicKey),
      extensions.authorityKey(authorityKey),
    ],
  });
  const privateKeyPem = exportPrivateKey(privateKey);
  return { certificatePem, privateKeyPem, issuedAt: now, expiresAt: validity.notAfter };
}

export function exportPrivateKey(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

interface CertificateContent {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date };
  readonly extensions: readonly Buffer[];
}

const version3 = der.tagged(0xa0, der.integer(Buffer.from([2])));
const ecdsaWithSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));

/** RFC 5280, section 4.1. */
function writeCertificate(content: CertificateContent): string {
  const { validity } = content;
  const body = der.sequence(
    version3,
    der.integer(randomBytes(16)),
    ecdsaWithSha256,
    commonName(content.issuer),
    der.sequence(der.time(validity.notBefore), der.time(validity.notAfter)),
    commonName(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(0xa3, der.sequence(...content.extensions)),
  );
  const signature = sign('sha256', body, content.signingKey);
  const certificate = der.sequence(body, ecdsaWithSha256, der.bits(signature));
  const lines = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function commonName(name: string): Buffer {
  const attribute = der.sequence(der.objectIdentifier('2.5.4.3'), der.text(name));
  return der.sequence(der.set(attribute));
}

function commonNameOf(certificate: X509Certificate): string {
  return certificate.subject.replace(/^CN=/, '');
}

function validityOf(now: Date, days: number) {
  return {
    notBefore: new Date(now.getTime() - backdatedMilliseconds),
    notAfter: new Date(now.getTime() + days * dayMilliseconds),
  };
}
