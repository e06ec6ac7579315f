import { describe, expect, it } from 'vitest';
import { actions, type Block, instructionCodes } from './bpf.ts';
import type { Architecture } from './call-table.ts';
import { seccompFilter, seccompProgram } from './seccomp-program.ts';

const auditArchitectures = { x64: 0xc000003e, arm64: 0xc00000b7, i386: 0x40000003 } as const;

interface Call {
  readonly number: number;
  readonly arguments?: readonly number[];
  readonly architecture?: number;
}

/** Runs a program as the kernel does, on what the kernel gives it (`struct seccomp_data`). */
function decide(program: Block, call: Call, architecture: Architecture): number {
  const words = new Map<number, number>([
    [0, call.number],
    [4, call.architecture ?? auditArchitectures[architecture]],
  ]);
  call.arguments?.forEach((value, index) => {
    words.set(16 + 8 * index, value);
  });
  let accumulator = 0;
  for (let position = 0; position < program.length; position += 1) {
    const instruction = program[position];
    if (instruction === undefined) break;
    const { code, jumpTrue, jumpFalse, value } = instruction;
    const jump = (condition: boolean) => {
      position += condition ? jumpTrue : jumpFalse;
    };
    switch (code) {
      case instructionCodes.loadWord:
        accumulator = words.get(value) ?? 0;
        break;
      case instructionCodes.and:
        accumulator = (accumulator & value) >>> 0;
        break;
      case instructionCodes.jumpIfEqual:
        jump(accumulator === value);
        break;
      case instructionCodes.jumpIfGreater:
        jump(accumulator > value);
        break;
      case instructionCodes.jumpIfGreaterOrEqual:
        jump(accumulator >= value);
        break;
      case instructionCodes.jumpIfAnyBit:
        jump((accumulator & value) !== 0);
        break;
      case instructionCodes.return:
        return value;
    }
  }
  throw new Error('the program ended without an answer');
}

const allowed = actions.allow;
const notPermitted = actions.refuseNotPermitted;
const notImplemented = actions.refuseNotImplemented;

/** [what, number on x64, number on arm64, arguments, answer] */
const decisions: readonly [string, number, number, readonly number[], number][] = [
  ['read', 0, 63, [], allowed],
  ['openat', 257, 56, [], allowed],
  ['execve', 59, 221, [], allowed],
  ['futex_waitv', 449, 449, [], allowed],
  ['mount', 165, 40, [], notPermitted],
  ['ptrace', 101, 117, [], notPermitted],
  ['bpf', 321, 280, [], notPermitted],
  ['keyctl', 250, 219, [], notPermitted],
  ['io_uring_setup', 425, 425, [], notPermitted],
  ['unshare', 272, 97, [], notPermitted],
  ['setns', 308, 268, [], notPermitted],
  ['open_by_handle_at', 304, 265, [], notPermitted],
  ['a call newer than the list', 600, 600, [], notImplemented],
  ['clone3', 435, 435, [], notImplemented],
  ['clone of a thread', 56, 220, [0x3d0f00], allowed],
  ['clone of a user namespace', 56, 220, [0x10000011], notPermitted],
  ['clone of a network namespace', 56, 220, [0x40000011], notPermitted],
  ['a unix socket', 41, 198, [1, 1, 0], allowed],
  ['a TCP socket', 41, 198, [2, 1, 0], allowed],
  ['a close-on-exec UDP socket over IPv6', 41, 198, [10, 0o2000002, 17], allowed],
  ['a raw socket', 41, 198, [2, 3, 255], notPermitted],
  ['an SCTP socket by its type', 41, 198, [2, 5, 0], notPermitted],
  ['an SCTP socket by its protocol', 41, 198, [10, 1, 132], notPermitted],
  ['a packet socket', 41, 198, [17, 3, 0], notPermitted],
  ['a vsock', 41, 198, [40, 1, 0], notPermitted],
  ['route netlink', 41, 198, [16, 3, 0], allowed],
  ['netfilter netlink', 41, 198, [16, 3, 12], notPermitted],
  ['a unix socket pair', 53, 199, [1, 1, 0], allowed],
  ['a TIPC socket pair', 53, 199, [30, 1, 0], notPermitted],
  ['asking a terminal for its size', 16, 29, [0, 0x5413], allowed],
  ['TIOCSTI', 16, 29, [0, 0x5412], notPermitted],
  ['TIOCLINUX', 16, 29, [0, 0x541c], notPermitted],
  ['asking for the personality', 135, 92, [0xffffffff], allowed],
  ['no address randomisation', 135, 92, [0x40000], notPermitted],
  ['a named pipe', 259, 33, [0, 0, 0o10644], allowed],
  ['a character device', 259, 33, [0, 0, 0o20644], notPermitted],
  ['a block device', 259, 33, [0, 0, 0o60644], notPermitted],
];

describe.each(['x64', 'arm64'] as const)('the seccomp program of %s', (architecture) => {
  const program = seccompProgram(architecture);

  it.each(decisions)('answers %s', (_, x64, arm64, callArguments, answer) => {
    const number = architecture === 'x64' ? x64 : arm64;
    expect(decide(program, { number, arguments: callArguments }, architecture)).toBe(answer);
  });

  it.each(Object.entries(auditArchitectures).filter(([name]) => name !== architecture))(
    'ends a process that calls as %s does',
    (_, other) => {
      const call = { number: 0, architecture: other };
      expect(decide(program, call, architecture)).toBe(actions.killProcess);
    },
  );

  it('fits what the kernel takes and jumps only forward within itself', () => {
    expect(program.length).toBeLessThan(4096);
    for (const [index, { jumpTrue, jumpFalse }] of program.entries()) {
      expect(index + 1 + Math.max(jumpTrue, jumpFalse)).toBeLessThan(program.length + 1);
    }
    expect(program.at(-1)?.code).toBe(instructionCodes.return);
  });
});

describe('the seccomp filter', () => {
  it('ends a process that uses x32’s numbers', () => {
    const call = { number: 0x40000000 };
    expect(decide(seccompProgram('x64'), call, 'x64')).toBe(actions.killProcess);
  });

  it('is refused for an architecture without a list', () => {
    expect(() => seccompFilter('ppc64')).toThrowError(
      expect.objectContaining({ code: 'SandboxUnavailable' }),
    );
  });

  it('is eight bytes an instruction, little-endian', () => {
    const bytes = seccompFilter('x64');
    expect(bytes.length).toBe(seccompProgram('x64').length * 8);
    expect([...bytes.subarray(0, 8)]).toEqual([0x20, 0, 0, 0, 4, 0, 0, 0]);
  });
});
