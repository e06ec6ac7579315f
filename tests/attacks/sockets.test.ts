import { type Attack, succeeded } from './attack.ts';
import { describeAttacks } from './describe-attacks.ts';

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
