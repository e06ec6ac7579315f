import {
  actions,
  answer,
  argumentOffset,
  type Block,
  ifAnyBit,
  ifEqual,
  ifGreater,
  keepBits,
  load,
} from './bpf.ts';
import { parseCallTable, type SystemCall } from './call-table.ts';

const allow = answer(actions.allow);
const refuse = answer(actions.refuseNotPermitted);

/** Every `CLONE_NEW*` that `clone` knows (uapi/linux/sched.h): no namespace is made inside. */
const newNamespaceFlags = 0x7e020000;

const families = { unix: 1, inet: 2, inet6: 10, netlink: 16 } as const;
const streamOrDatagram = [1, 2] as const;
const socketTypeMask = 0xf;
/** The family's default, ICMP, TCP, UDP, ICMPv6; SCTP, DCCP, MPTCP and raw protocols are not needed. */
const internetProtocols = [0, 1, 6, 17, 58] as const;
const netlinkRoute = 0;

/**
 * Terminal requests that put words into another program's mouth (TIOCSTI, TIOCLINUX) or load a line
 * discipline (TIOCSETD).
 */
const refusedTerminalRequests = [0x5412, 0x541c, 0x5423] as const;

const fileTypeMask = 0xf000;
const characterOrBlockDevice = [0x2000, 0x6000] as const;

/** `PER_LINUX`, and the question what it is. Others turn off address randomisation. */
const personalities = [0, 0xffffffff] as const;

const checks: Readonly<Record<string, Block>> = {
  clone: [load(argumentOffset(0)), ...ifAnyBit(newNamespaceFlags, [refuse]), allow],
  // Its flags are behind a pointer that a filter cannot follow; the C library then uses clone.
  clone3: [answer(actions.refuseNotImplemented)],
  socket: [
    load(argumentOffset(0)),
    ...ifEqual(families.unix, [allow]),
    ...ifEqual(families.netlink, [
      load(argumentOffset(2)),
      ...ifEqual(netlinkRoute, [allow]),
      refuse,
    ]),
    ...ifEqual(families.inet, checkInternetSocket()),
    ...ifEqual(families.inet6, checkInternetSocket()),
    refuse,
  ],
  socketpair: [load(argumentOffset(0)), ...ifEqual(families.unix, [allow]), refuse],
  ioctl: [load(argumentOffset(1)), ...ifAnyOf(refusedTerminalRequests, [refuse]), allow],
  personality: [load(argumentOffset(0)), ...ifAnyOf(personalities, [allow]), refuse],
  mknod: checkMode(1),
  mknodat: checkMode(2),
};

const conditionalCalls = parseCallTable(`
  clone        56   220
  clone3      435   435
  socket       41   198
  socketpair   53   199
  ioctl        16    29
  personality 135    92
  mknod       133     -
  mknodat     259    33
`);

/** Calls whose arguments decide. Each block ends by returning. */
export const callConditions: readonly { readonly call: SystemCall; readonly block: Block }[] =
  conditionalCalls.map((call) => {
    const block = checks[call.name];
    if (block === undefined) throw new TypeError(`Cannot find the check of "${call.name}"`);
    return { call, block };
  });

function checkInternetSocket(): Block {
  return [
    load(argumentOffset(1)),
    keepBits(socketTypeMask),
    ...ifEqual(0, [refuse]),
    ...ifGreater(Math.max(...streamOrDatagram), [refuse]),
    load(argumentOffset(2)),
    ...ifAnyOf(internetProtocols, [allow]),
    refuse,
  ];
}

function checkMode(argument: number): Block {
  return [
    load(argumentOffset(argument)),
    keepBits(fileTypeMask),
    ...ifAnyOf(characterOrBlockDevice, [refuse]),
    allow,
  ];
}

function ifAnyOf(values: readonly number[], block: Block): Block {
  return values.flatMap((value) => ifEqual(value, block));
}
