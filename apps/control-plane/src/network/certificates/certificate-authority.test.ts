import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificateAuthority,
  createAuthority,
  issueCertificate,
} from './certificate-authority.ts';

const wildcard = '*.s3.ap-northeast-2.amazonaws.com';
let folder: string;
let authority: CertificateAuthority;
let caPath: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-ca-'));
  authority = createAuthority({
    ...{ domainName: 'd'.repeat(63), now: new Date() },
    suffixes: ['amazonaws.com', 'strongroom.internal'],
  });
  caPath = join(folder, 'ca.pem');
  writeFileSync(caPath, authority.certificatePem);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What OpenSSL's own program says, strictly. */
function verify(hostNames: string[], hostName: string) {
  const leafPath = join(folder, 'leaf.pem');
  writeFileSync(leafPath, issueCertificate(authority, hostNames, new Date()).certificatePem);
  const options = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', hostName];
  const { status, stderr } = spawnSync('openssl', [
    ...['verify', '-CAfile', caPath, ...options, leafPath],
  ]);
  return { status, errors: stderr.toString() };
}

describe("the domain's authority", () => {
  it('is one that RFC 5280 allows, as OpenSSL reads it', () => {
    const text = execFileSync('openssl', ['x509', '-in', caPath, '-noout', '-text']).toString();
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
    expect(text).toMatch(
      /Name Constraints: critical\s+Permitted:\s+DNS:amazonaws.com\s+DNS:strong/,
    );
    expect(text).toMatch(/Excluded:\s+IP:0.0.0.0\/0.0.0.0\s+IP:0:0:0:0:0:0:0:0/);
    expect(text).toMatch(/Public Key Algorithm: id-ecPublicKey[\s\S]+prime256v1/);
    expect(verify(['sts.amazonaws.com'], 'sts.amazonaws.com')).toEqual({ status: 0, errors: '' });
    expect(verify([wildcard], 'any.s3.ap-northeast-2.amazonaws.com').status).toBe(0);
  });

  it('can vouch for no other name and no address', () => {
    const foreign = verify(['bank.example.com'], 'bank.example.com');
    expect(foreign.status).not.toBe(0);
    expect(foreign.errors).toMatch(/error 47 .*permitted subtree violation/);
    expect(verify(['amazonaws.com.example'], 'amazonaws.com.example').errors).toMatch(/error 47/);
    expect(verify(['evilamazonaws.com'], 'evilamazonaws.com').errors).toMatch(/error 47/);
    expect(verify(['sts.amazonaws.com'], 'sts.example.com').errors).toMatch(/hostname mismatch/i);
  });

  it('is accepted by Python and by Node.js over a real connection', async () => {
    const issued = issueCertificate(authority, ['api.strongroom.internal', wildcard], new Date());
    const server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem });
    server.on('tlsClientError', () => undefined);
    server.on('secureConnection', (socket) => socket.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const servername = 'a-bucket.s3.ap-northeast-2.amazonaws.com';
      const ca = authority.certificatePem;
      await new Promise<void>((resolve, reject) => {
        const socket = connect({ ...{ port, host: '127.0.0.1', ca, servername } });
        socket.on('error', reject).on('secureConnect', () => {
          socket.destroy();
          resolve();
        });
      });
      const script = `
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
with context.wrap_socket(socket.create_connection(('127.0.0.1', int(sys.argv[2]))), server_hostname=sys.argv[3]) as s:
    print(s.recv(5).decode())`;
      expect(await python(script, [caPath, String(port), servername])).toBe('hello\n');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

/** Not synchronously: this process is the server. */
function python(script: string, words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('/usr/bin/python3', ['-c', script, ...words], (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}
