import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, succeeded } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';
import { describeAttacks, noteAttack } from './describe-attacks.ts';

const refused = 'ECONNREFUSED';

function connecting(name: string, address: string, port: number, options = ''): Attack {
  const code = `connect("${address}", ${port}${options})`;
  return { name: `${name} (${address}:${port})`, code, refusal: refused };
}

const ipv6 = ', socket.AF_INET6';
const datagram = ', kind=socket.SOCK_DGRAM';

const attacks: readonly Attack[] = [
  connecting('the internet', '8.8.8.8', 443),
  connecting('the internet over IPv6', '2001:4860:4860::8888', 443, ipv6),
  connecting('a name server, which could carry data out', '8.8.8.8', 53, datagram),
  connecting('the cloud’s metadata', '169.254.169.254', 80),
  connecting('the cloud’s metadata as one number', '2852039166', 80),
  connecting('the cloud’s metadata in octal', '0251.0376.0251.0376', 80),
  connecting('the cloud’s metadata as mapped IPv6', '::ffff:169.254.169.254', 80, ipv6),
  connecting('the cloud’s metadata over IPv6', 'fd00:ec2::254', 80, ipv6),
  connecting('container credentials', '169.254.170.2', 80),
  connecting('a private network', '10.0.0.1', 22),
  connecting('the network’s broadcast-free neighbour', '192.168.1.1', 80),
  {
    name: 'resolving a name',
    code: `
try:
    socket.getaddrinfo("example.com", 443)
except socket.gaierror as error:
    expect(False, "no answer")`,
    refusal: 'no answer',
  },
  {
    name: 'forging the source address of a datagram',
    code: `
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
    probe.setsockopt(socket.IPPROTO_IP, 3, 1)  # IP_HDRINCL`,
    refusal: 'ENOPROTOOPT',
  },
  {
    name: 'listening on a port that programs trust',
    code: 'socket.create_server(("127.0.0.1", 80))',
    refusal: 'EACCES',
  },
];

describeAttacks('network', attacks);

const serveAbstract = `
import socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.bind("\\0" + sys.argv[1])
    server.listen()
    print("ready", flush=True)
    while True:
        server.accept()[0].close()`;

describe('networks of the host and of others', () => {
  let ground: AttackGround;
  let server: Server;
  let port: number;
  const abstractName = `strongroom-attack-${process.pid}`;
  let abstractServer: ChildProcess;

  beforeAll(async () => {
    ground = await openAttackGround();
    server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    abstractServer = spawn('/usr/bin/python3', ['-c', serveAbstract, abstractName], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => abstractServer.stdout?.once('data', resolve));
  });
  afterAll(async () => {
    server.close();
    abstractServer.kill();
    await ground.close();
  });

  it('refuses the host’s loopback, and notices where the network is not its own', async () => {
    const attack = () => `connect("127.0.0.1", ${port})`;
    expect((await ground.runPython(attack())).output).toBe(refused);
    const weakened = await openAttackGround(['network-namespace']);
    try {
      expect((await weakened.runPython(attack())).output).toBe(succeeded);
    } finally {
      await weakened.close();
    }
  });

  it('refuses the host’s own addresses', async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((addressesOfOne) => addressesOfOne ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    for (const address of ['0.0.0.0', ...addresses]) {
      expect((await ground.runPython(`connect("${address}", ${port})`)).output).toBe(refused);
    }
  });

  it('refuses an abstract unix socket of the host, and notices where it can be reached', async () => {
    const attack = `
with socket.socket(socket.AF_UNIX) as probe:
    probe.connect("\\0${abstractName}")`;
    expect((await ground.runPython(attack)).output).toBe(refused);
    const weakened = await openAttackGround(['network-namespace']);
    try {
      expect((await weakened.runPython(attack)).output).toBe(succeeded);
    } finally {
      await weakened.close();
    }
  });

  it('refuses another studio’s port, while the studio itself reaches it', async ({ task }) => {
    const serve = `
import socket
server = socket.create_server(("127.0.0.1", 8899))
print("ready", flush=True)
while True:
    server.accept()[0].close()`;
    const serving = ground.specFor('victim', ['/usr/bin/python3', '-c', serve]);
    const victim = await ground.host.launch(serving);
    await new Promise((resolve) => victim.stdout.once('data', resolve));
    const attack = 'connect("127.0.0.1", 8899)';
    const fromOther = await ground.runPython(attack);
    const fromSame = await ground.runPython(attack, {
      network: serving.network,
      hostUid: serving.hostUid,
      mounts: [],
      workingDirectory: '/tmp',
    });
    await victim.stop({ graceMilliseconds: 0 });
    noteAttack(task, { expected: refused, seen: fromOther.output });
    expect(fromOther.output).toBe(refused);
    expect(fromSame.output).toBe(succeeded);
  });

  it.runIf(process.geteuid?.() === 0)('refuses to enter another person’s network', async () => {
    const { network } = ground.specFor('victim', []);
    await expect(ground.runPython('pass', { network })).rejects.toMatchObject({
      code: 'LaunchFailed',
    });
  });

  it('reaches nothing from an isolated sandbox', async ({ task }) => {
    const { output } = await ground.runPython('connect("8.8.8.8", 443)', { network: 'isolated' });
    noteAttack(task, { expected: 'ENETUNREACH', seen: output });
    expect(output).toBe('ENETUNREACH');
  });
});
