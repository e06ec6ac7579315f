/**
 * Classic BPF, as seccomp runs it (kernel documentation: networking/filter.rst,
 * userspace-api/seccomp_filter.rst). A program is a list of instructions; a block is a list that
 * ends by returning, so what follows it is reached only by skipping it whole.
 */
export interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly value: number;
}

export type Block = readonly Instruction[];

export const instructionCodes = {
  loadWord: 0x20,
  and: 0x54,
  jumpIfEqual: 0x15,
  jumpIfGreater: 0x25,
  jumpIfGreaterOrEqual: 0x35,
  jumpIfAnyBit: 0x45,
  return: 0x06,
} as const;

/** `SECCOMP_RET_*` (uapi/linux/seccomp.h); an errno goes in the low 16 bits. */
export const actions = {
  allow: 0x7fff0000,
  killProcess: 0x80000000,
  refuseNotPermitted: 0x00050000 | 1, // EPERM
  refuseNotImplemented: 0x00050000 | 38, // ENOSYS
} as const;

/** Offsets in `struct seccomp_data`. */
export const callNumberOffset = 0;
export const architectureOffset = 4;

/** The low 32 bits of an argument; both architectures are little-endian. */
export function argumentOffset(index: number): number {
  return 16 + 8 * index;
}

export function load(offset: number): Instruction {
  return instruction(instructionCodes.loadWord, offset);
}

export function keepBits(mask: number): Instruction {
  return instruction(instructionCodes.and, mask);
}

export function answer(action: number): Instruction {
  return instruction(instructionCodes.return, action);
}

export function ifEqual(value: number, block: Block): Block {
  return [jump(instructionCodes.jumpIfEqual, value, 0, block.length), ...block];
}

export function ifNotEqual(value: number, block: Block): Block {
  return [jump(instructionCodes.jumpIfEqual, value, block.length, 0), ...block];
}

export function ifGreater(value: number, block: Block): Block {
  return [jump(instructionCodes.jumpIfGreater, value, 0, block.length), ...block];
}

export function ifAtMost(value: number, block: Block): Block {
  return [jump(instructionCodes.jumpIfGreater, value, block.length, 0), ...block];
}

export function ifAtLeast(value: number, block: Block): Block {
  return [jump(instructionCodes.jumpIfGreaterOrEqual, value, 0, block.length), ...block];
}

export function ifAnyBit(mask: number, block: Block): Block {
  return [jump(instructionCodes.jumpIfAnyBit, mask, 0, block.length), ...block];
}

/** The bytes of an array of `struct sock_filter`. */
export function encode(program: Block): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, jumpTrue, jumpFalse, value }, index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}

function instruction(code: number, value: number): Instruction {
  return { code, jumpTrue: 0, jumpFalse: 0, value };
}

function jump(code: number, value: number, jumpTrue: number, jumpFalse: number): Instruction {
  return { code, jumpTrue, jumpFalse, value };
}
