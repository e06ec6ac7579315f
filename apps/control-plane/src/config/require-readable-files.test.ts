import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainFileError, defaultDomainFile, readDomain } from '@strongroom/domain';
import { expect, it, onTestFinished } from 'vitest';
import { requireReadableFiles } from './require-readable-files.ts';

it('accepts other host names with TLS, and tells where a certificate is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-domain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'certificate.pem'), '');
  const text = changed(
    ['consoleHostName: console.localhost', 'consoleHostName: console.bank.example'],
    ["'*.studio.localhost'", "'*.studio.bank.example'"],
    ['  # tls:', '  tls:'],
    ['  #   certificateFile: ./tls/certificate.pem', '    certificateFile: certificate.pem'],
    ['  #   privateKeyFile: ./tls/private-key.pem', '    privateKeyFile: key.pem'],
  );
  const read = readDomain(text, join(folder, 'strongroom.yaml'), 'strongroom.yaml');
  expect(() => requireReadableFiles(read)).toThrow(DomainFileError);
  expect(() => requireReadableFiles(read)).toThrow(/privateKeyFile: no such file/);
  writeFileSync(join(folder, 'key.pem'), '');
  const { domain } = requireReadableFiles(read);
  expect(domain.server.tls?.certificateFile).toBe(join(folder, 'certificate.pem'));
});

/** The default file with each `from` replaced, all of which must be in it. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The default domain file has no "${from}"`);
    return text.replace(from, to);
  }, defaultDomainFile);
}
