import { once } from 'node:events';
import { lstatSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, succeeded } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';
import { describeAttacks, noteAttack } from './describe-attacks.ts';

const withoutSeccomp = { without: ['seccomp'], outcome: succeeded } as const;

const attacks: readonly Attack[] = [
  {
    name: 'the hypervisor’s sockets (AF_VSOCK), which are not bound to the network namespace',
    code: 'socket.socket(40, socket.SOCK_STREAM)',
    refusal: 'EPERM',
  },
  { name: 'packet sockets', code: 'socket.socket(17, socket.SOCK_RAW)', refusal: 'EPERM' },
  {
    name: 'raw sockets, and so a forged source address',
    code: 'socket.socket(socket.AF_INET, socket.SOCK_RAW, 255)',
    refusal: 'EPERM',
  },
  {
    name: 'raw IPv6 sockets',
    code: 'socket.socket(socket.AF_INET6, socket.SOCK_RAW, 255)',
    refusal: 'EPERM',
  },
  {
    name: 'the kernel’s cryptography (AF_ALG)',
    code: 'socket.socket(38, socket.SOCK_SEQPACKET)',
    refusal: 'EPERM',
  },
  { name: 'AF_XDP', code: 'socket.socket(44, socket.SOCK_RAW)', refusal: 'EPERM' },
  { name: 'Bluetooth', code: 'socket.socket(31, socket.SOCK_RAW, 1)', refusal: 'EPERM' },
  { name: 'CAN', code: 'socket.socket(29, socket.SOCK_RAW, 1)', refusal: 'EPERM' },
  { name: 'TIPC', code: 'socket.socket(30, socket.SOCK_STREAM)', refusal: 'EPERM' },
  { name: 'AF_KEY', code: 'socket.socket(15, socket.SOCK_RAW, 2)', refusal: 'EPERM' },
  {
    name: 'SCTP',
    code: 'socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)',
    refusal: 'EPERM',
  },
  {
    name: 'Multipath TCP',
    code: 'socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)',
    refusal: 'EPERM',
  },
  {
    name: 'the audit netlink',
    code: 'socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 9)',
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  {
    name: 'the netfilter netlink, whose bugs give root',
    code: 'socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)',
    refusal: 'EPERM',
  },
  {
    name: 'device events from the host',
    code: 'socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15)',
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  {
    name: 'adding a network device',
    code: `
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
    # RTM_NEWLINK, create, acknowledge; kind "dummy"
    kind = struct.pack("HH", 9, 1) + b"dummy" + bytes(3)
    info = struct.pack("HH", 4 + len(kind), 18) + kind
    body = struct.pack("BxHiII", 0, 0, 0, 0, 0) + info
    route.send(struct.pack("IHHII", 16 + len(body), 16, 0x605, 1, 0) + body)
    answer = route.recv(4096)
    code = -struct.unpack_from("i", answer, 16)[0]
    if code:
        raise OSError(code, "netlink")`,
    refusal: 'EPERM',
  },
  {
    name: 'a pair of sockets of a family other than unix',
    code: 'socket.socketpair(30, socket.SOCK_STREAM)',
    refusal: 'EPERM',
  },
];

describeAttacks('sockets', attacks);

describe('descriptors sent over a socket (SCM_RIGHTS)', () => {
  let ground: AttackGround;
  beforeAll(async () => {
    ground = await openAttackGround();
  });
  afterAll(() => ground.close());

  it('fill nobody’s table but the sender’s', async ({ task }) => {
    // The kernel counts what is on its way for the sender, and refuses beyond that.
    const flood = `
import array, socket
with socket.socket(fileno=3) as channel:
    try:
        for _ in range(200):
            channel.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0] * 100))])
    except OSError as error: print(error.errno)`;
    const spec = ground.specFor('attacker', ['/usr/bin/python3', '-c', flood]);
    const sandbox = await ground.host.launch({ ...spec, descriptors: ['duplex'] });
    const before = readdirSync('/proc/self/fd').length;
    let received = 0;
    sandbox.duplex(3).on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    const [errors, exit] = await Promise.all([text(sandbox.stderr), sandbox.exited]);
    const more = readdirSync('/proc/self/fd').length - before;
    noteAttack(task, {
      expected: 'no descriptor arrives',
      seen: `${received} bytes, ${Math.max(0, more)} descriptors`,
    });
    expect(errors).toBe('');
    expect(exit.exitCode).toBe(0);
    expect(received).toBeGreaterThan(0);
    expect(more).toBeLessThanOrEqual(0);
  });
});

describe('the socket that an agent listens on', () => {
  let ground: AttackGround;
  beforeAll(async () => {
    ground = await openAttackGround();
  });
  afterAll(() => ground.close());

  it('cannot be removed, replaced or linked by the sandbox that has it', async ({ task }) => {
    const path = join(ground.folder, 'agent.sock');
    const server = createServer((socket) => socket.end('the host')).listen(path);
    await once(server, 'listening');
    const replace = `
import os, socket, stat
own = socket.socket(fileno=3)
path = own.getsockname()
for attempt in (lambda: os.unlink(path), lambda: os.symlink("/tmp/mine", path), lambda: os.rename("/tmp", path),
                lambda: socket.socket(socket.AF_UNIX).bind(path), lambda: socket.socket(socket.AF_UNIX).connect(path)):
    try: attempt(); print("done")
    except OSError as error: print(os.strerror(error.errno))`;
    const spec = ground.specFor('attacker', ['/usr/bin/python3', '-c', replace]);
    const sandbox = await ground.host.launch({ ...spec, descriptors: [server] });
    const [output, errors] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);
    await sandbox.exited;
    const seen = [...new Set(output.trim().split('\n'))].sort();
    noteAttack(task, { expected: 'refused each', seen: seen.join(', ') });
    expect(errors).toBe('');
    expect(seen).not.toContain('done');
    expect(lstatSync(path).isSocket()).toBe(true);
    server.close();
  });
});
