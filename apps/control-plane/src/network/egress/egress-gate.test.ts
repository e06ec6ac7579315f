import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { FlowObservation } from '../flows/flow-log.ts';
import { exchange, openGateBench } from '../testing/gate-bench.ts';
import { realHello } from '../testing/real-hello.ts';

type Bench = Awaited<ReturnType<typeof openGateBench>>;
let bench: Bench;
afterEach(() => bench.close());

async function open(options?: Parameters<typeof openGateBench>[0]) {
  bench = await openGateBench(options);
  return bench;
}

/** What a TLS client came to: the first line of the server, or why there is none. */
function tlsClient(port: number, servername: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ port, host: '127.0.0.1', servername, rejectUnauthorized: false });
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
      socket.end();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });
}

const request = (host: string, target = '/a') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const curl = promisify(execFile);

describe('the egress gate, for connections straight to an address', () => {
  it('passes TLS to the name that the address stands for, and writes it down', async () => {
    const { transparent, flows, tlsPort, outside } = await open();
    const port = await transparent('allowed.example', tlsPort);
    expect(await tlsClient(port, 'allowed.example')).toBe('hello over tls');
    const flow = await flows.until(({ part }) => part === 'end');
    expect(flow).toMatchObject({
      ...{ name: 'allowed.example', rule: 'egress/allow-list/test', reachedAddress: outside },
      ...{ destinationAddress: '100.64.0.1', destinationPort: tlsPort, action: 'ACCEPT' },
    });
    const sum = (count: (each: FlowObservation) => number) =>
      flows.all.reduce((total, each) => total + count(each), 0);
    expect(sum(({ sentBytes }) => sentBytes)).toBeGreaterThan(200);
    expect(sum(({ receivedBytes }) => receivedBytes)).toBeGreaterThan(500);
    expect(sum(({ attemptCount }) => attemptCount)).toBe(1);
  });

  it('writes a connection down when it starts, and who made it from which port', async () => {
    const { transparent, flows, otherPort, plainPort } = await open();
    const socket = connect(await transparent('allowed.example', otherPort), '127.0.0.1');
    await once(socket, 'data');
    const sourcePort = socket.localPort;
    expect(sourcePort).toBeGreaterThan(0);
    // Still open: what is killed now has left its trace.
    expect(flows.all).toMatchObject([
      { action: 'ACCEPT', part: 'start', attemptCount: 1, sourcePort, name: 'allowed.example' },
    ]);
    socket.end('over');
    expect(await flows.until(({ part }) => part === 'end')).toMatchObject({
      ...{ action: 'ACCEPT', attemptCount: 0, sourcePort },
    });
    const refused = connect(await transparent('forbidden.example', plainPort), '127.0.0.1');
    await once(refused, 'data');
    const { localPort } = refused;
    refused.end();
    const flow = await flows.until(({ action }) => action === 'REJECT');
    expect(flow).toMatchObject({ part: 'whole', attemptCount: 1, sourcePort: localPort });
  });

  it('passes HTTP, one request a connection', async () => {
    const { transparent, plainPort } = await open();
    const port = await transparent('allowed.example', plainPort);
    const host = `allowed.example:${plainPort}`;
    const answer = await exchange(port, request(host));
    expect(answer.toString()).toContain(`GET ${host} /a`);
    expect(answer.toString()).toContain('x-seen-connection: close');
  });

  it('passes what speaks neither, by name alone, with both ends of a half-open connection', async () => {
    const { transparent, otherPort } = await open();
    const port = await transparent('allowed.example', otherPort);
    const answer = await exchange(port, 'question', false);
    expect(answer.toString()).toBe('ready\nheard question');
  });

  it('refuses a name that no rule allows, in the words of the protocol', async () => {
    const { transparent, flows, tlsPort, plainPort, otherPort, resolved } = await open();
    const tls = await transparent('forbidden.example', tlsPort);
    expect(await tlsClient(tls, 'forbidden.example')).toMatch(/ACCESS_DENIED|ALERT/i);
    const plain = await transparent('forbidden.example', plainPort);
    const answer = (await exchange(plain, request(`forbidden.example:${plainPort}`))).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('X-Strongroom-Rule: egress/off');
    expect(answer).toContain('The internet is off.');
    expect(answer).toContain('인터넷이 꺼져 있습니다.');
    const other = await transparent('forbidden.example', otherPort);
    expect(await exchange(other, 'x')).toHaveLength(0);
    await flows.until(() => flows.all.length === 3);
    expect(flows.all.map(({ action, rule }) => [action, rule])).toEqual(
      Array.from({ length: 3 }, () => ['REJECT', 'egress/off']),
    );
    expect(resolved).toEqual([]);
  });

  it('refuses a server name that lies about its address', async () => {
    const { transparent, flows, tlsPort, resolved } = await open();
    bench.allowed.add('other.example');
    const port = await transparent('allowed.example', tlsPort);
    await tlsClient(port, 'other.example');
    const flow = await flows.until(() => true);
    expect(flow).toMatchObject({
      action: 'REJECT',
      rule: 'egress/name-mismatch',
      name: 'other.example',
    });
    expect(resolved).toEqual([]);
  });

  it('refuses TLS without a server name, and what is no TLS where TLS is due', async () => {
    const { transparent, flows, tlsPort } = await open();
    const port = await transparent('allowed.example', tlsPort);
    await tlsClient(port, '');
    await exchange(port, request('allowed.example'));
    await flows.until(({ rule }) => rule === 'egress/malformed-request');
    expect(flows.all.map(({ rule }) => rule)).toEqual([
      ...['egress/no-server-name', 'egress/malformed-request'],
    ]);
  });

  it.each([
    ['another host', request('other.example:8080'), 'egress/name-mismatch'],
    ['another port', request('allowed.example:9'), 'egress/name-mismatch'],
    [
      'two hosts',
      request('allowed.example:8080\r\nHost: other.example'),
      'egress/malformed-request',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 'egress/malformed-request'],
    [
      'an absolute target',
      request('allowed.example:8080', 'http://other.example/'),
      'egress/malformed-request',
    ],
    ['user information', request('allowed.example@other.example:8080'), 'egress/malformed-request'],
  ])('refuses a request with %s', async (_, sent, rule) => {
    const { transparent, flows, plainPort } = await open();
    const port = await transparent('allowed.example', plainPort);
    expect((await exchange(port, sent)).toString()).toMatch(/^HTTP\/1\.1 403 /);
    expect((await flows.until(() => true)).rule).toBe(rule);
  });

  it('refuses an address that no resolver gave, unless a rule allows that very address', async () => {
    const { transparent, flows, otherPort } = await open();
    const port = await transparent(undefined, otherPort);
    expect(await exchange(port, 'x')).toHaveLength(0);
    expect(await flows.until(() => true)).toMatchObject({
      ...{ rule: 'egress/off', name: '203.0.113.9', action: 'REJECT' },
    });
  });

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1'])(
    'refuses a name that stands for %s',
    async (address) => {
      const { transparent, flows, tlsPort, addresses } = await open();
      addresses.set('allowed.example', [address]);
      const port = await transparent('allowed.example', tlsPort);
      await tlsClient(port, 'allowed.example');
      expect(await flows.until(() => true)).toMatchObject({
        ...{ action: 'REJECT', rule: 'egress/address-forbidden', reachedAddress: undefined },
      });
    },
  );

  it('refuses a name with one forbidden address among good ones, and asks once (rebinding)', async () => {
    const { transparent, flows, tlsPort, addresses, outside, resolved } = await open();
    addresses.set('allowed.example', [outside, '127.0.0.1']);
    const port = await transparent('allowed.example', tlsPort);
    await tlsClient(port, 'allowed.example');
    expect((await flows.until(() => true)).rule).toBe('egress/address-forbidden');
    addresses.set('allowed.example', [outside]);
    expect(await tlsClient(port, 'allowed.example')).toBe('hello over tls');
    expect(resolved).toEqual(['allowed.example', 'allowed.example']);
  });

  it('says so where a server cannot be reached or a name has no address', async () => {
    const { transparent, plainPort, addresses, outside, allowed } = await open();
    allowed.add('unknown.example');
    const port = await transparent('unknown.example', plainPort);
    const answer = await exchange(port, request(`unknown.example:${plainPort}`));
    expect(answer.toString()).toContain('X-Strongroom-Rule: egress/name-unknown');
    addresses.set('allowed.example', [outside.replace(/1$/, '2')]);
    bench.allowed.add('allowed.example');
    const gone = await transparent('allowed.example', plainPort);
    const answered = (await exchange(gone, request(`allowed.example:${plainPort}`))).toString();
    // The neighbour's address is not one that the domain file opens.
    expect(answered).toContain('X-Strongroom-Rule: egress/address-forbidden');
  });

  it('cuts what is open when the rules no longer allow it', async () => {
    const { transparent, tlsPort, allowed, gate, flows } = await open();
    const port = await transparent('allowed.example', tlsPort);
    const socket = connectTls({
      ...{ port, host: '127.0.0.1', servername: 'allowed.example', rejectUnauthorized: false },
    });
    socket.on('error', () => undefined);
    await once(socket, 'data');
    allowed.delete('allowed.example');
    gate.review();
    await once(socket, 'close');
    expect((await flows.until(({ part }) => part === 'end')).action).toBe('ACCEPT');
  });
});

describe('the egress gate, as a proxy', () => {
  const tunnel = (target: string) => `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`;

  it('serves real curl by HTTPS and HTTP, and tells it the rule of a refusal', async () => {
    const { proxy, tlsPort, plainPort } = await open();
    const proxyUrl = `http://127.0.0.1:${await proxy()}`;
    const plain = await curl('curl', [
      ...['--silent', '--proxy', proxyUrl, `http://allowed.example:${plainPort}/path?q`],
    ]);
    expect(plain.stdout).toBe(`GET allowed.example:${plainPort} /path?q`);
    const refused = await curl('curl', [
      ...['--silent', '--proxy', proxyUrl, `http://forbidden.example:${plainPort}/`],
    ]);
    expect(refused.stdout).toContain('(egress/off)');
    const tls = curl('curl', [
      ...['--silent', '--show-error', '--proxy', proxyUrl, `https://forbidden.example:${tlsPort}/`],
    ]);
    await expect(tls).rejects.toThrow(/CONNECT tunnel failed, response 403/);
  });

  it('tunnels to a name that is allowed', async () => {
    const { proxy, otherPort, flows } = await open();
    const answer = await exchange(
      await proxy(),
      `${tunnel(`allowed.example:${otherPort}`)}hi`,
      false,
    );
    expect(answer.toString()).toBe('HTTP/1.1 200 Connection established\r\n\r\nready\nheard hi');
    expect(await flows.until(() => true)).toMatchObject({
      ...{ action: 'ACCEPT', name: 'allowed.example', destinationAddress: '10.0.0.4' },
    });
  });

  it('asks of what goes through a tunnel what it asks of the port itself', async () => {
    const { proxy, flows, plainPort, tlsPort, allowed } = await open();
    allowed.add('other.example');
    const plain = tunnel(`allowed.example:${plainPort}`);
    const good = await exchange(
      await proxy(),
      `${plain}${request(`allowed.example:${plainPort}`)}`,
    );
    expect(good.toString()).toContain(`GET allowed.example:${plainPort} /a`);
    for (const lie of [request('other.example:8080'), 'SSH-2.0-x\r\n\r\n']) {
      const answer = (await exchange(await proxy(), `${plain}${lie}`)).toString();
      expect(answer).toMatch(/403 Refused by egress\/(name-mismatch|malformed-request)/);
    }
    const hello = await realHello('other.example');
    await exchange(
      await proxy(),
      Buffer.concat([Buffer.from(tunnel(`allowed.example:${tlsPort}`)), hello]),
    );
    await flows.until(() => flows.all.length === 5);
    expect(flows.all.filter(({ action }) => action === 'REJECT').map(({ rule }) => rule)).toEqual([
      ...['egress/name-mismatch', 'egress/malformed-request', 'egress/name-mismatch'],
    ]);
  });

  it.each([
    ['a private address', '10.0.0.1:443'],
    ['loopback', '127.0.0.1:443'],
    ['loopback in IPv6', '[::1]:443'],
    ['loopback as a number', '2130706433:443'],
    ['loopback in hexadecimal', '0x7f000001:443'],
    ['loopback in short', '127.1:443'],
    ['the metadata address', '169.254.169.254:80'],
  ])('refuses a tunnel to %s, even where a rule allows every name', async (_, target) => {
    const { proxy, flows, allowed, addresses } = await open();
    const name = target.replace(/^\[?(.*?)\]?:\d+$/, '$1');
    allowed.add(name);
    // As getaddrinfo reads these.
    if (!/^[\d.]+\.\d+\.\d+\.\d+$|:/.test(name)) addresses.set(name, ['127.0.0.1']);
    const answer = (await exchange(await proxy(), tunnel(target))).toString();
    expect(answer).toContain('X-Strongroom-Rule: egress/address-forbidden');
    expect((await flows.until(() => true)).action).toBe('REJECT');
  });

  it.each([
    ['no port', tunnel('allowed.example')],
    ['user information', tunnel('a@allowed.example:443')],
    ['a look-alike name', tunnel('аllowed.example:443')],
    [
      'a host that differs from the target',
      'GET http://allowed.example/ HTTP/1.1\r\nHost: other.example\r\n\r\n',
    ],
    ['another scheme', 'GET ftp://allowed.example/ HTTP/1.1\r\nHost: allowed.example\r\n\r\n'],
    ['a plain target', request('allowed.example')],
  ])('refuses a request with %s', async (_, sent) => {
    const { proxy, flows } = await open();
    expect((await exchange(await proxy(), sent)).toString()).toMatch(/^HTTP\/1\.1 403 /);
    expect((await flows.until(() => true)).rule).toBe('egress/malformed-request');
  });
});

describe('the limits of the gate', () => {
  it('end a request that comes a byte at a time', async () => {
    const { transparent, plainPort, flows } = await open({ limits: { headMilliseconds: 300 } });
    const socket = connect(await transparent('allowed.example', plainPort), '127.0.0.1');
    const dripping = setInterval(() => socket.write('G'), 20);
    socket.on('error', () => undefined);
    const answer = await text(socket);
    clearInterval(dripping);
    expect(answer).toContain('egress/too-slow');
    expect((await flows.until(() => true)).rule).toBe('egress/too-slow');
  });

  it("refuse one studio's lookups beyond some at once, and look up another's meanwhile", async () => {
    const { transparent, plainPort, addresses, outside, resolved, flows, holdLookups } = await open(
      {
        limits: { lookupCount: 3 },
      },
    );
    bench.allowed.add('slow.example');
    addresses.set('slow.example', [outside]);
    const release = holdLookups('slow.example');
    const slow = await transparent('slow.example', plainPort, 'alice');
    const host = `slow.example:${plainPort}`;
    const held = [1, 2, 3].map(() => exchange(slow, request(host)));
    while (resolved.length < 3) await new Promise(setImmediate);
    expect((await exchange(slow, request(host))).toString()).toContain('egress/too-many-lookups');
    const other = await transparent('allowed.example', plainPort, 'bob');
    const own = `allowed.example:${plainPort}`;
    expect((await exchange(other, request(own))).toString()).toContain(`GET ${own} /a`);
    release();
    for (const each of held) expect((await each).toString()).toContain(`GET ${host} /a`);
    expect((await flows.until(({ action }) => action === 'REJECT')).rule).toMatch(/lookups/);
  });

  it('end a lookup that nobody answers', async () => {
    const { transparent, plainPort, holdLookups } = await open({
      limits: { lookupMilliseconds: 50 },
    });
    holdLookups('allowed.example');
    const port = await transparent('allowed.example', plainPort);
    const answer = await exchange(port, request(`allowed.example:${plainPort}`));
    expect(answer.toString()).toContain('X-Strongroom-Rule: egress/name-unknown');
  });

  it("refuse one studio's flood and serve another's request meanwhile", async () => {
    const { transparent, plainPort, flows } = await open({ limits: { connectionCount: 50 } });
    const flooded = await transparent('allowed.example', plainPort, 'alice');
    const other = await transparent('allowed.example', plainPort, 'bob');
    const sockets = Array.from({ length: 400 }, () => {
      const socket = connect(flooded, '127.0.0.1');
      return socket.on('error', () => undefined);
    });
    await flows.until(() => flows.all.length >= 350);
    const host = `allowed.example:${plainPort}`;
    expect((await exchange(other, request(host))).toString()).toContain(`GET ${host} /a`);
    const rules = new Set(flows.all.slice(0, 350).map(({ rule }) => rule));
    expect(rules).toEqual(new Set(['egress/too-many-connections']));
    for (const socket of sockets) socket.destroy();
  });
});
