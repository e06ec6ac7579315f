import { describe, expect, it } from 'vitest';
import { realHello } from '../testing/real-hello.ts';
import { parseAuthority } from './authority.ts';
import { readServerName } from './client-hello.ts';
import { isReachableAddress } from './reachable-address.ts';
import { readRequestHead } from './request-head.ts';

describe('the server name of a ClientHello', () => {
  it('is found in a real one, and only when all of it is there', async () => {
    const hello = await realHello('Files.PythonHosted.org');
    expect(readServerName(hello)).toEqual({ kind: 'name', name: 'files.pythonhosted.org' });
    for (let length = 0; length < hello.length; length += 1) {
      expect(readServerName(hello.subarray(0, length)).kind).toBe('more');
    }
  });

  it('is found where the hello comes in many small records', async () => {
    const hello = await realHello('pypi.org');
    const message = hello.subarray(5);
    const records: Buffer[] = [];
    for (let at = 0; at < message.length; at += 7) {
      const part = message.subarray(at, at + 7);
      records.push(Buffer.from([22, 3, 1, 0, part.length]), part);
    }
    expect(readServerName(Buffer.concat(records))).toEqual({ kind: 'name', name: 'pypi.org' });
  });

  it('is none where the hello has none', async () => {
    expect(await realHello(undefined).then(readServerName)).toEqual({ kind: 'none' });
  });

  it('is nothing that any byte of a hello could be changed to but a host name', async () => {
    const hello = await realHello('pypi.org');
    for (let at = 0; at < hello.length; at += 1) {
      const changed = Buffer.from(hello);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const read = readServerName(changed);
      if (read.kind === 'name') expect(read.name).toMatch(/^[a-z0-9._-]+$/);
    }
  });

  it.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['SSH', Buffer.from('SSH-2.0-OpenSSH_9\r\n')],
    ['a TLS record that is no handshake', Buffer.from([23, 3, 3, 0, 1, 0])],
    ['SSL 2', Buffer.from([0x80, 0x2e, 1, 0, 2])],
    ['an empty record', Buffer.from([22, 3, 1, 0, 0])],
    ['a hello of sixteen megabytes', Buffer.from([22, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff])],
  ])('is not looked for in %s', (_, bytes) => {
    expect(readServerName(bytes).kind).toBe('invalid');
  });
});

describe('the head of a request', () => {
  const head = (text: string) => readRequestHead(Buffer.from(text, 'latin1')).kind;

  it('is read with its one host', () => {
    const read = readRequestHead(Buffer.from('GET /a HTTP/1.1\r\nHost: PyPI.org\r\n\r\nrest'));
    expect(read).toMatchObject({ kind: 'head', head: { host: 'pypi.org', target: '/a' } });
  });

  it.each([
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['an odd encoding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n'],
    ['a signed length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n'],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'],
    ['a folded line', 'GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n'],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: a\r\n\r\n'],
    ['a control character', 'GET / HTTP/1.1\r\nHost: a\x00b\r\n\r\n'],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an old version', 'GET / HTTP/0.9\r\nHost: a\r\n\r\n'],
    ['no HTTP', `hello\r\n\r\n`],
  ])('is refused with %s', (_, text) => {
    expect(head(text)).toBe('invalid');
  });

  it('is waited for, not for ever', () => {
    expect(head('GET / HTTP/1.1\r\nHost: a')).toBe('more');
    expect(head(`GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}`)).toBe('invalid');
  });
});

describe('an authority', () => {
  it.each([
    ['pypi.org', { name: 'pypi.org', port: 80 }],
    ['PyPI.org.:443', { name: 'pypi.org', port: 443 }],
    ['[2001:db8::1]:8443', { name: '2001:db8::1', port: 8443 }],
  ])('is read from %s', (text, expected) => {
    expect(parseAuthority(text, 80)).toEqual(expected);
  });

  it.each([
    ...['pypi.org@evil.example', 'user:pass@pypi.org', 'pypi.org:80:80', 'pypi.org/', 'pypi.org#'],
    ...['pypi.org:0', 'pypi.org:65536', 'pypi.org:+80', 'руpi.org', 'a..b', '-a.example', '', ' a'],
    ...['pypi.org\\evil', 'pypi.org..', '[::1'],
  ])('is none in %j', (text) => {
    expect(parseAuthority(text, 80)).toBeUndefined();
  });
});

describe('an address that the gate may connect to', () => {
  const rules = {
    allowedPrivateAddresses: ['10.20.0.0/16', 'fd00:1::/32', 'fd00:ec2::/32', '127.8.8.8/32'],
    ownAddresses: () => ['192.88.98.1', '2606:4700::1', '10.20.0.1', 'fd00:1::1', '127.0.0.1'],
  };

  it.each([
    ...['151.101.0.223', '2a04:4e42::223', '10.20.3.4', 'fd00:1::5', '::ffff:151.101.0.223'],
    '127.8.8.8',
  ])('is %s', (address) => expect(isReachableAddress(address, rules)).toBe(true));

  it.each([
    ...['10.20.0.1', '::ffff:10.20.0.1', 'fd00:1::1'],
    ...['168.63.129.16', '100.100.100.200', 'fd20:ce::254', '127.8.8.9'],
  ])('is not %s, this machine or a cloud’s secrets', (address) => {
    expect(isReachableAddress(address, rules)).toBe(false);
  });

  it.each([
    ['0.0.0.0/0', ['10.20.0.1', '127.0.0.1', '169.254.169.254', '168.63.129.16']],
    ['127.0.0.0/8', ['127.0.0.1', '127.8.8.8']],
    ['169.254.0.0/16', ['169.254.169.254']],
    ['::/0', ['::1', 'fe80::1', 'fd00:ec2::254', 'fd00:1::1']],
  ])('is none of these, even where %s is opened', (network, addresses) => {
    const opened = { ...rules, allowedPrivateAddresses: [network] };
    for (const address of addresses) expect(isReachableAddress(address, opened)).toBe(false);
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.255.0.1',
      '::1',
      '0.0.0.0',
      '::',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
    ],
    ...['169.254.169.254', 'fe80::1', 'fd00:ec2::254', 'fc00::1', '100.64.0.1', '192.0.0.1'],
    ...['198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', 'ff02::1', '192.0.2.1'],
    ...['198.51.100.1', '203.0.113.1', '2001:db8::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2001:0:7f00:1::', '::7f00:1'],
    ...['192.88.98.1', '2606:4700::1', 'localhost', '127.1', '2130706433', '0x7f000001', ''],
  ])('is not %s', (address) => expect(isReachableAddress(address, rules)).toBe(false));
});
