import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainCa, type IssuedCertificate } from './domain-ca.ts';

const run = promisify(execFile);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-ca-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(clock = () => new Date()) {
  return DomainCa.open({
    ...{ folder, domainName: 'research', clock },
    permittedNames: ['amazonaws.com', 'strongroom.internal'],
  });
}

async function nodeTrusts(issued: IssuedCertificate, ca: string, servername: string) {
  const server = createServer({ cert: issued.chain, key: issued.privateKey }).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise<string>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', servername, ca });
      socket.once('secureConnect', () => {
        resolve('trusted');
        socket.destroy();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
    });
  } finally {
    server.close();
  }
}

describe("the domain's certificate authority", () => {
  it('vouches for its endpoints, and is the same at the next start', async () => {
    const ca = await open();
    const hostNames = ['sts.amazonaws.com', '*.s3.ap-northeast-2.amazonaws.com'];
    const issued = await ca.issue(hostNames);
    const trusted = await ca.trusted();
    expect(await nodeTrusts(issued, trusted, 'sts.amazonaws.com')).toBe('trusted');
    expect(await nodeTrusts(issued, trusted, 'a.s3.ap-northeast-2.amazonaws.com')).toBe('trusted');
    expect(await nodeTrusts(issued, trusted, 'example.com')).not.toBe('trusted');
    expect(await (await open()).trusted()).toBe(trusted);
  });

  it('is not believed about any other name, whatever it signs', async () => {
    const ca = await open();
    const issued = await ca.issue(['pypi.org']);
    expect(await nodeTrusts(issued, await ca.trusted(), 'pypi.org')).not.toBe('trusted');
    const path = join(folder, 'leaf.pem');
    await writeFile(path, issued.chain);
    const verify = run('openssl', ['verify', '-CAfile', join(folder, 'domain-ca.pem'), path]);
    await expect(verify).rejects.toThrow(/permitted subtree violation/);
  });

  it('keeps its key to the operator', async () => {
    await open();
    const path = join(folder, 'domain-ca.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o640);
    await expect(open()).rejects.toMatchObject({ code: 'KeyUnusable' });
  });

  it('is not used where its files do not belong together', async () => {
    await open();
    const other = await mkdtemp(join(tmpdir(), 'strongroom-ca-'));
    await DomainCa.open({
      ...{ folder: other, domainName: 'other', permittedNames: ['a.example'] },
      clock: () => new Date(),
    });
    await writeFile(join(folder, 'domain-ca.pem'), await readFile(join(other, 'domain-ca.pem')));
    await rm(other, { recursive: true });
    await expect(open()).rejects.toMatchObject({ code: 'KeyUnusable' });
    await writeFile(join(folder, 'domain-ca.pem'), 'no certificate');
    await expect(open()).rejects.toMatchObject({ code: 'KeyUnusable' });
    await rm(join(folder, 'domain-ca.pem'));
    await expect(open()).rejects.toMatchObject({ code: 'KeyUnusable' });
  });

  it('is not used when it has expired', async () => {
    await open();
    const inElevenYears = new Date(Date.now() + 11 * 365 * 86_400_000);
    await expect(open(() => inElevenYears)).rejects.toMatchObject({ code: 'KeyUnusable' });
  });

  it('is replaced on command, and trusted beside the new one until that is over', async () => {
    const ca = await open();
    const before = await ca.issue(['sts.amazonaws.com']);
    await ca.rotate();
    const after = await ca.issue(['sts.amazonaws.com']);
    for (const issued of [before, after]) {
      expect(await nodeTrusts(issued, await ca.trusted(), 'sts.amazonaws.com')).toBe('trusted');
    }
    await ca.forgetPrevious();
    expect(await nodeTrusts(before, await ca.trusted(), 'sts.amazonaws.com')).not.toBe('trusted');
    expect(await nodeTrusts(after, await ca.trusted(), 'sts.amazonaws.com')).toBe('trusted');
  });
});
