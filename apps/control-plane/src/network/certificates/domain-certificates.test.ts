import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainCertificates } from './domain-certificates.ts';

const day = 86_400_000;
let dataFolder: string;
let hostBundle: string;
let now: number;
let olderStudioCount: number;
let opened: DomainCertificates[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'strongroom-certificates-'));
  hostBundle = join(dataFolder, 'host.crt');
  writeFileSync(hostBundle, '# host\n');
  now = Date.now();
  olderStudioCount = 0;
  opened = [];
});
afterEach(() => {
  for (const certificates of opened) certificates.close();
  rmSync(dataFolder, { recursive: true });
});

async function open() {
  const certificates = await DomainCertificates.open({
    ...{ dataFolder, domainName: 'risk', hostBundlePath: hostBundle },
    clock: () => new Date(now),
    log: pino({ level: 'silent' }),
    countStudiosStartedUntil: async () => olderStudioCount,
  });
  opened.push(certificates);
  return certificates;
}

const path = (name: string) => join(dataFolder, 'keys', name);
const bundle = () => readFileSync(join(dataFolder, 'run/trust/ca-certificates.crt'), 'utf8');
const trusted = () =>
  (bundle().match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map(
    (pem) => new X509Certificate(pem).fingerprint256,
  );

describe("the domain's certificates", () => {
  it('begin with an authority whose key is for its owner alone, and keep it', async () => {
    await open();
    const first = trusted();
    expect(first).toHaveLength(1);
    expect(statSync(path('domain-ca.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataFolder, 'keys')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataFolder, 'run/trust/ca-certificates.crt')).mode & 0o777).toBe(0o644);
    expect(bundle()).toMatch(/^# host\n/);
    expect(bundle()).not.toContain('PRIVATE');
    await open();
    expect(trusted()).toEqual(first);
  });

  it('are the same after a crash between the two files, whichever was written', async () => {
    const certificates = await open();
    const oldCopy = readFileSync(path('domain-ca.pem'), 'utf8');
    await certificates.rotate({ immediately: true });
    const copy = readFileSync(path('domain-ca.pem'), 'utf8');
    expect(copy).not.toBe(oldCopy);
    expect(copy).not.toContain('PRIVATE');
    const fingerprints = trusted();
    // As if the copy had not been written, or half of it.
    for (const left of [oldCopy, copy.slice(0, 100), undefined]) {
      if (left === undefined) rmSync(path('domain-ca.pem'));
      else writeFileSync(path('domain-ca.pem'), left);
      await open();
      expect(trusted()).toEqual(fingerprints);
      expect(readFileSync(path('domain-ca.pem'), 'utf8')).toBe(copy);
    }
  });

  it("follow the host's bundle", async () => {
    const certificates = await open();
    writeFileSync(`${hostBundle}.new`, '# another host\n');
    await rename(`${hostBundle}.new`, hostBundle);
    await certificates.maintain();
    expect(bundle()).toMatch(/^# another host\n/);
  });

  it('are renewed each day', async () => {
    const certificates = await open();
    const endpoint = certificates.forEndpoint(['sts.amazonaws.com']);
    const first = endpoint.secureContext;
    now += day - 1;
    await certificates.maintain();
    expect(endpoint.secureContext).toBe(first);
    now += 1;
    await certificates.maintain();
    expect(endpoint.secureContext).not.toBe(first);
  });
});

describe('a rotation', () => {
  it('is trusted first, and used when no studio from before is left', async () => {
    const certificates = await open();
    const endpoint = certificates.forEndpoint(['sts.amazonaws.com']);
    const before = endpoint.secureContext;
    const [old] = trusted();
    olderStudioCount = 1;
    const rotation = await certificates.rotate({ immediately: false });
    expect(trusted()).toEqual([old, rotation.fingerprint]);
    expect(rotation.previousTrustedUntil).toEqual(new Date(now + day));
    await certificates.maintain();
    expect(endpoint.secureContext).toBe(before);
    await expect(certificates.rotate({ immediately: false })).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
    olderStudioCount = 0;
    await certificates.maintain();
    expect(trusted()).toEqual([rotation.fingerprint]);
    expect(endpoint.secureContext).not.toBe(before);
    await open();
    expect(trusted()).toEqual([rotation.fingerprint]);
  });

  it('is over after a day whoever is left', async () => {
    const certificates = await open();
    olderStudioCount = 1;
    const { fingerprint } = await certificates.rotate({ immediately: false });
    now += day;
    await certificates.maintain();
    expect(trusted()).toEqual([fingerprint]);
  });

  it('ends trust in the old authority at once where it is asked to', async () => {
    const certificates = await open();
    olderStudioCount = 1;
    const rotation = await certificates.rotate({ immediately: true });
    expect(trusted()).toEqual([rotation.fingerprint]);
    expect(rotation.previousTrustedUntil).toBeUndefined();
  });

  it('comes by itself before the authority expires', async () => {
    const certificates = await open();
    const [old] = trusted();
    now += (5 * 365 - 59) * day;
    olderStudioCount = 1;
    await certificates.maintain();
    expect(trusted()).toHaveLength(2);
    expect(trusted()[0]).toBe(old);
  });
});

describe('a start is refused', () => {
  beforeEach(async () => {
    await open();
  });

  async function refusal(): Promise<string> {
    const error: unknown = await open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'KeyFileUnusable' });
    return (error as Error).message;
  }

  it('where others may read the key', async () => {
    chmodSync(path('domain-ca.key'), 0o640);
    const message = await refusal();
    expect(message).toContain(path('domain-ca.key'));
    expect(message).toContain('chmod 600');
  });

  it('where the key is damaged, and says nothing of it', async () => {
    const key = readFileSync(path('domain-ca.key'), 'utf8');
    writeFileSync(path('domain-ca.key'), key.slice(0, 80));
    const message = await refusal();
    expect(message).toContain('remove it and start again');
    expect(message).not.toContain(key.slice(30, 60));
  });

  it('where key and certificate do not belong together', async () => {
    const certificate = readFileSync(path('domain-ca.pem'), 'utf8');
    rmSync(path('domain-ca.key'));
    await open();
    const other = readFileSync(path('domain-ca.key'), 'utf8');
    const start = other.indexOf('-----BEGIN CERTIFICATE');
    writeFileSync(path('domain-ca.key'), `${other.slice(0, start)}${certificate}`);
    expect(await refusal()).toContain(path('domain-ca.key'));
  });

  it('where another program made the authority', async () => {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-subj', '/O=Other/CN=Other CA', '-keyout', path('domain-ca.key')],
        ...['-out', path('domain-ca.pem')],
      ],
      { stdio: 'ignore' },
    );
    const [key, certificate] = ['domain-ca.key', 'domain-ca.pem'].map((name) =>
      readFileSync(path(name), 'utf8'),
    );
    writeFileSync(path('domain-ca.key'), `${key}${certificate}`);
    expect(await refusal()).toContain('remove it and start again');
  });

  it('where the key is a link', async () => {
    await rename(path('domain-ca.key'), path('elsewhere'));
    symlinkSync(path('elsewhere'), path('domain-ca.key'));
    expect(await refusal()).toContain('it is a link');
  });
});
