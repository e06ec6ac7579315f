import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectHost } from '../inspect-host.ts';
import { openSandboxHost } from '../open-sandbox-host.ts';
import type { SandboxHost } from '../sandbox-host.ts';
import type { StudioListeners, StudioNetwork } from './studio-network.ts';

const mebibyte = 1024 * 1024;

describe("listeners in a studio's network", () => {
  let folder: string;
  let host: SandboxHost;
  let hostUid: number | undefined;
  let network: StudioNetwork;
  let listeners: StudioListeners;

  beforeAll(async () => {
    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('No sandbox can run here');
    hostUid = setup.mode === 'root' ? 65_505 : undefined;
    folder = await mkdtemp(join(tmpdir(), 'strongroom-listen-'));
    host = await openSandboxHost({
      ...{ setup, installationId: `test-listen-${process.pid}`, resolverAddress: '10.0.0.2' },
      runFolder: join(folder, 'run'),
      log: { info: () => undefined, warn: () => undefined },
    });
    network = await host.createStudioNetwork({ hostUid });
    listeners = await network.listen({ tcp: [80, 443], udp: [53] });
    for (const server of listeners.tcp.values()) server.on('connection', answer);
    const udp = listeners.udp.get(53);
    udp?.on('message', (message, { port, address }) =>
      udp.send(`${message} from ${address.replace('::ffff:', '')}`, port, address),
    );
  });
  afterAll(async () => {
    listeners.close();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });

  function answer(socket: Socket) {
    socket.end(`${socket.localAddress?.replace('::ffff:', '')} ${socket.localPort}\n`);
  }

  async function python(script: string): Promise<string> {
    const sandbox = await host.launch({
      ...{ appId: Math.random().toString(16).slice(2), label: 'test', hostUid },
      root: { kind: 'host' },
      command: ['/usr/bin/python3', '-c', `import socket\n${script}`],
      workingDirectory: '/',
      environment: { PATH: '/usr/bin:/bin' },
      ...{ userName: 'alice', homeFolder: '/home/alice', mounts: [], network, descriptors: [] },
      limits: {
        ...{ memoryBytes: 256 * mebibyte, cpuCount: 1, processCount: 32, openFileCount: 1024 },
        ...{ temporaryFolderBytes: mebibyte, sharedMemoryBytes: mebibyte },
      },
    });
    const [output, errors] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);
    await sandbox.exited;
    return (output + errors).trim();
  }

  it('answer on every address of both families, and know which was tried', async () => {
    const script = `
for address in ('8.8.8.8', '169.254.169.254', '10.0.0.2', '127.0.0.1', '2001:db8::1', '::1'):
    for port in (80, 443):
        with socket.create_connection((address, port), 5) as c: print(c.recv(100).decode().strip())`;
    const expected = ['8.8.8.8', '169.254.169.254', '10.0.0.2', '127.0.0.1', '2001:db8::1', '::1'];
    expect((await python(script)).split('\n')).toEqual(
      expected.flatMap((address) => [`${address} 80`, `${address} 443`]),
    );
  });

  it('leave the answer to a program that has ended its own half', async () => {
    const halves = await network.listen({ tcp: [9418], udp: [] });
    halves.tcp.get(9418)?.on('connection', (socket: Socket) => {
      let heard = '';
      socket.on('data', (chunk: Buffer) => {
        heard += chunk;
      });
      // A server that answers only then, and not in the same turn.
      socket.on('end', () => setImmediate(() => socket.end(`heard ${heard}`)));
      socket.resume();
    });
    const script = `
with socket.create_connection(('192.0.2.1', 9418), 5) as c:
    c.send(b'all'); c.shutdown(socket.SHUT_WR); print(c.recv(100).decode())`;
    expect(await python(script)).toBe('heard all');
    halves.close();
  });

  it('answer datagrams from the address that was asked', async () => {
    const script = `
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(5); s.connect(('10.0.0.2', 53)); s.send(b'hello'); print(s.recv(100).decode())`;
    expect(await python(script)).toBe('hello from 10.0.0.2');
  });

  it('leave other ports refused at once', async () => {
    const script = `
try: socket.create_connection(('8.8.8.8', 8080), 5); print('connected')
except ConnectionRefusedError: print('refused')`;
    expect(await python(script)).toBe('refused');
  });

  it('can be had for further ports, and answer nothing once they are closed', async () => {
    const more = await network.listen({ tcp: [5432], udp: [] });
    more.tcp.get(5432)?.on('connection', answer);
    const script = `
try:
    with socket.create_connection(('192.0.2.1', 5432), 5) as c: print(c.recv(100).decode().strip())
except ConnectionRefusedError: print('refused')`;
    expect(await python(script)).toBe('192.0.2.1 5432');
    more.close();
    expect(await python(script)).toBe('refused');
  });

  it('are out of reach of any other network', async () => {
    const other = await host.createStudioNetwork({ hostUid });
    await expect(other.listen({ tcp: [80], udp: [] })).resolves.toBeDefined();
    await other.close();
    const outside = createServer(answer).listen(0, '127.0.0.1');
    await once(outside, 'listening');
    const { port } = outside.address() as AddressInfo;
    const script = `
try: socket.create_connection(('127.0.0.1', ${port}), 5); print('connected')
except ConnectionRefusedError: print('refused')`;
    expect(await python(script)).toBe('refused');
    outside.close();
  });

  it('are refused in a network that is closed', async () => {
    const closed = await host.createStudioNetwork({ hostUid });
    await closed.close();
    await expect(closed.listen({ tcp: [80], udp: [] })).rejects.toMatchObject({
      code: 'NetworkUnavailable',
    });
  });
});
