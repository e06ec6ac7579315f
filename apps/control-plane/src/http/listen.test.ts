import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Dispatch } from './dispatch.ts';
import { listen } from './listen.ts';
import { Origins } from './origins.ts';
import { createCertificate } from './testing/self-signed-certificate.ts';

const names = {
  consoleHostName: 'console.bank.example',
  studioHostSuffix: 'studio.bank.example',
  viewerHostName: 'viewer.bank.example',
};
const gateway = {
  handleRequest: () => undefined,
  handleUpgrade: () => undefined,
  review: async () => undefined,
  close: async () => undefined,
};

describe('the listener', () => {
  it('says what to do when the port is taken', async () => {
    const first = await listen({ address: '127.0.0.1', port: 0, tls: undefined });
    const second = listen({ address: '127.0.0.1', port: first.port, tls: undefined });
    await expect(second).rejects.toMatchObject({
      code: 'CannotListen',
      message: expect.stringContaining(`127.0.0.1:${first.port}: another program has this port`),
    });
    await first.close();
  });

  it('says so when the address is not this machine’s', async () => {
    const listening = listen({ address: '192.0.2.1', port: 0, tls: undefined });
    await expect(listening).rejects.toThrow(/no such address/);
  });

  it('serves TLS with HSTS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const tls = {
      certificateFile: join(folder, 'certificate.pem'),
      privateKeyFile: join(folder, 'key.pem'),
    };
    const { certificate, privateKey } = createCertificate('console.bank.example');
    writeFileSync(tls.certificateFile, certificate);
    writeFileSync(tls.privateKeyFile, privateKey);
    const listener = await listen({ address: '127.0.0.1', port: 0, tls });
    const origins = new Origins({ ...names, port: listener.port, hasTls: true });
    listener.serve(
      new Dispatch({
        ...{ origins, gateway, onRefused: () => undefined },
        handleConsole: (_, response) => response.end('console'),
        handleViewer: (_, response) => response.end('viewer'),
      }),
    );
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const outgoing = request(
        {
          ...{ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false, agent: false },
          headers: { host: origins.consoleHost },
        },
        (incoming) => {
          incoming.resume();
          resolve(incoming.headers);
        },
      );
      outgoing.on('error', reject).end();
    });
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/);
    expect(origins.console).toBe(`https://console.bank.example:${listener.port}`);
    await listener.close();
  });
});

describe('an origin', () => {
  it('is written without its scheme’s own port, as browsers do', () => {
    const plain = new Origins({ ...names, port: 80, hasTls: false });
    const secure = new Origins({ ...names, port: 443, hasTls: true });
    expect(plain.console).toBe('http://console.bank.example');
    expect(secure.studio('alice' as never)).toBe('https://alice.studio.bank.example');
    expect(secure.studioWebSocket('alice' as never)).toBe('wss://alice.studio.bank.example');
  });
});
