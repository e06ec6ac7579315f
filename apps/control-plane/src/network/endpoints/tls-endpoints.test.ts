import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EndpointBench, openEndpointBench } from '../testing/endpoint-bench.ts';
import { testStudio } from '../testing/test-studio.ts';
import type { Endpoint, EndpointLimits } from './endpoint.ts';
import { readBody } from './read-body.ts';
import { createTlsEndpoints, type TlsEndpoints } from './tls-endpoints.ts';

const name = 'sts.amazonaws.com';
const bucketName = 'a-bucket.s3.ap-northeast-2.amazonaws.com';
let bench: EndpointBench;
let endpoint: Endpoint;
let endpoints: TlsEndpoints;
let port: number;

beforeEach(async () => {
  bench = await openEndpointBench();
});
afterEach(() => {
  endpoints.close();
  bench.close();
});

async function open(limits: Partial<EndpointLimits> = {}) {
  const { certificates, flows, clock, log } = bench;
  endpoint = {
    ...{ service: 'sts', address: '10.0.1.10', limits },
    hostNames: [name, '*.s3.ap-northeast-2.amazonaws.com'],
    async handle(request, response, { profileName }) {
      if (request.url === '/fails') throw new Error('secret detail');
      const body = await readBody(request, 1000);
      response.statusCode = body === undefined ? 413 : 200;
      response.end(`${profileName} ${request.method} ${request.url} ${body?.length}`);
    },
  };
  endpoints = createTlsEndpoints({
    ...{ certificates, flowLog: flows, clock, log },
    endpoints: [endpoint],
  });
  port = await listen('alice');
}

async function listen(profileName: string): Promise<number> {
  return bench.listenFor(endpoints.handlerOf(endpoint), { studio: testStudio(profileName) });
}

async function secure(options: ConnectionOptions = {}, to = port): Promise<TLSSocket> {
  const ca = readFileSync(bench.bundlePath);
  const socket = connectTls({ port: to, host: '127.0.0.1', ca, servername: name, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends text and resolves to all that comes back until the end. */
async function send(text: string, options: ConnectionOptions = {}, to = port): Promise<string> {
  const socket = await secure(options, to);
  socket.write(text);
  return readAll(socket);
}

function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
}

const get = (headers: string, path = '/') =>
  `GET ${path} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`;
const bye = 'connection: close\r\n';

describe('an endpoint', () => {
  it('answers under its names, wildcards included, and records the flow', async () => {
    await open();
    expect(await send(get(`host: ${name}\r\n`))).toMatch(/^HTTP\/1.1 200 [\s\S]*alice GET \/ 0$/);
    const bucket = await send(get(`Host: ${bucketName}:443\r\n`), { servername: bucketName });
    expect(bucket).toMatch(/^HTTP\/1.1 200 /);
    const flow = await bench.flows.until((each) => each.name === name);
    expect(flow).toMatchObject({
      ...{ action: 'ACCEPT', rule: 'endpoint/sts', endpoint: 'sts', destinationPort: 443 },
      studio: { profileName: 'alice' },
    });
    expect(flow.sentBytes).toBeGreaterThan(200);
    expect(flow.receivedBytes).toBeGreaterThan(500);
    expect(flow.sourcePort).toBeGreaterThan(0);
  });

  it('knows the studio from the connection, whatever headers claim', async () => {
    await open();
    const claims = 'x-forwarded-for: 10.0.16.9\r\nx-forwarded-host: x\r\nforwarded: for=bob\r\n';
    expect(await send(get(`host: ${name}\r\n${claims}`))).toMatch(/\r\n\r\nalice /);
    const bobs = await listen('bob');
    expect(await send(get(`host: ${name}\r\n${claims}`), {}, bobs)).toMatch(/\r\n\r\nbob /);
  });

  it.each([
    ['another Host', `host: bank.example.com\r\n`, 421],
    ['a Host on another port', `host: ${name}:8443\r\n`, 421],
    ['a Host two labels below', `host: a.${bucketName}\r\n`, 421],
    ['two Hosts', `host: ${name}\r\nhost: ${name}\r\n`, 400],
    ['no Host', '', 400],
  ])('refuses %s', async (_, headers, status) => {
    await open();
    expect(await send(get(headers))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('refuses a target that names a server', async () => {
    await open();
    const answer = await send(get(`host: ${name}\r\n`, `https://${name}/`));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  it('tells nothing of its own failures', async () => {
    await open();
    const answer = await send(get(`host: ${name}\r\n`, '/fails'));
    expect(answer).toMatch(/^HTTP\/1.1 500 [\s\S]*Internal error [0-9a-f]{12}/);
    expect(answer).not.toContain('secret detail');
  });

  it('limits heads and bodies', async () => {
    await open({ headBytes: 4096 });
    const long = `host: ${name}\r\nx-long: ${'x'.repeat(5000)}\r\n`;
    expect(await send(get(long))).toMatch(/^HTTP\/1.1 431 /);
    const head = `POST / HTTP/1.1\r\nhost: ${name}\r\n${bye}`;
    const declared = `${head}content-length: 1001\r\n\r\n${'x'.repeat(1001)}`;
    expect(await send(declared)).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `${(1001).toString(16)}\r\n${'x'.repeat(1001)}\r\n0\r\n\r\n`;
    expect(await send(`${head}transfer-encoding: chunked\r\n\r\n${chunk}`)).toMatch(
      /^HTTP\/1.1 413 /,
    );
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'answers who asks to resume a session of %s',
    async (maxVersion) => {
      await open();
      const first = await secure({ maxVersion });
      const session = first.getSession();
      first.destroy();
      const options = { maxVersion, ...(session === undefined ? {} : { session }) };
      expect(await send(get(`host: ${name}\r\n`), options)).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  it('ends with everything that is open', async () => {
    await open();
    const socket = await secure();
    const ended = readAll(socket);
    endpoints.close();
    await ended;
  });
});

describe('an endpoint records and refuses', () => {
  const refused = () => bench.flows.until(({ action }) => action === 'REJECT');

  it('a server name that is not its own, by the alert for it', async () => {
    await open();
    const output = await openssl(['-servername', 'bank.example.com']);
    expect(output).toMatch(/alert number 112/);
    expect(await refused()).toMatchObject({ name: 'bank.example.com', rule: 'endpoint/sts' });
  });

  it('no server name', async () => {
    await open();
    expect(await openssl(['-noservername'])).toMatch(/alert handshake failure|alert number 40/);
    expect((await refused()).name).toBeUndefined();
  });

  it('TLS 1.1', async () => {
    await open();
    const old = ['-servername', name, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'];
    expect(await openssl(old)).toMatch(/alert number 70|protocol version/);
    await refused();
  });

  it('what is not TLS, and logs no name that is none', async () => {
    await open();
    const socket = connect(port, '127.0.0.1');
    socket.write(get(`host: ${name}\r\n`));
    await readAll(socket);
    expect(await refused()).toMatchObject({ name: undefined });
  });

  it('a handshake that does not come', async () => {
    await open({ handshakeMilliseconds: 50 });
    await readAll(connect(port, '127.0.0.1'));
    await refused();
  });

  it('more connections of one studio than it may have, and not those of others', async () => {
    await open({ connectionCount: 2 });
    const first = await secure();
    await secure();
    await expect(secure()).rejects.toThrow();
    await refused();
    const closed = bench.flows.until(({ part }) => part === 'end');
    first.destroy();
    await closed;
    await secure();
  });
});

describe('an endpoint ends a connection', () => {
  it('whose head comes a byte at a time', async () => {
    await open({ headMilliseconds: 300 });
    await drip('GET / HTTP/1.1\r\nhost: ');
  });

  it('whose second head comes a byte at a time', async () => {
    await open({ headMilliseconds: 300 });
    await drip(`GET / HTTP/1.1\r\nhost: ${name}\r\n\r\nGET /`);
  });

  it('whose body comes a byte at a time', async () => {
    await open({ bodyMilliseconds: 300 });
    await drip(`POST / HTTP/1.1\r\nhost: ${name}\r\ncontent-length: 900\r\n\r\n`);
  });

  it('on which nothing moves', async () => {
    await open({ idleMilliseconds: 50 });
    await readAll(await secure());
  });

  async function drip(start: string): Promise<void> {
    const socket = await secure();
    socket.write(start);
    const dripping = setInterval(() => socket.write('a'), 20);
    await readAll(socket);
    clearInterval(dripping);
  }
});

function openssl(words: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(
      'openssl',
      ['s_client', '-connect', `127.0.0.1:${port}`, ...words],
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
    child.stdin?.end();
  });
}
