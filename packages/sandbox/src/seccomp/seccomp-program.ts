import { SandboxError } from '../sandbox-error.ts';
import {
  actions,
  answer,
  architectureOffset,
  type Block,
  callNumberOffset,
  encode,
  ifAtLeast,
  ifAtMost,
  ifEqual,
  ifGreater,
  ifNotEqual,
  load,
} from './bpf.ts';
import { callConditions } from './call-conditions.ts';
import type { Architecture } from './call-table.ts';
import { fileCalls } from './calls-files.ts';
import { processCalls } from './calls-processes.ts';

/** `AUDIT_ARCH_*` (uapi/linux/audit.h). */
const auditArchitectures: Readonly<Record<Architecture, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
};

/** `__X32_SYSCALL_BIT`: a second way to number the same calls, which would pass by the list. */
const x32CallBit = 0x40000000;

/**
 * The newest call this list was written against (`mseal`, Linux 6.10). Newer ones answer ENOSYS, as
 * on an older kernel, so that a new C library falls back instead of failing.
 */
const newestKnownCall = 462;

/** The filter as bwrap's `--seccomp` takes it. */
export function seccompFilter(architecture: string = process.arch): Buffer {
  if (architecture !== 'x64' && architecture !== 'arm64') {
    throw new SandboxError(
      'SandboxUnavailable',
      `Cannot filter system calls on "${architecture}": only x64 and arm64 have a list`,
    );
  }
  return encode(seccompProgram(architecture));
}

/**
 * INVARIANT: the architecture is checked before the number, because the same number is another call
 * elsewhere; what no line allows is refused.
 */
export function seccompProgram(architecture: Architecture): Block {
  return [
    load(architectureOffset),
    ...ifNotEqual(auditArchitectures[architecture], [answer(actions.killProcess)]),
    load(callNumberOffset),
    ...(architecture === 'x64' ? ifAtLeast(x32CallBit, [answer(actions.killProcess)]) : []),
    ...conditions(architecture),
    ...allowedRanges(architecture).flatMap(allowRange),
    ...ifGreater(newestKnownCall, [answer(actions.refuseNotImplemented)]),
    answer(actions.refuseNotPermitted),
  ];
}

function conditions(architecture: Architecture): Block {
  return callConditions.flatMap(({ call, block }) => {
    const number = call.numbers[architecture];
    return number === undefined ? [] : ifEqual(number, block);
  });
}

interface CallRange {
  first: number;
  last: number;
}

/** Runs of consecutive numbers: a third of the instructions that one test a call would take. */
function allowedRanges(architecture: Architecture): readonly CallRange[] {
  const numbers = [...fileCalls, ...processCalls]
    .map((call) => call.numbers[architecture])
    .filter((number) => number !== undefined)
    .sort((left, right) => left - right);
  const ranges: CallRange[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && number === range.last + 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges;
}

function allowRange({ first, last }: CallRange): Block {
  const allow = answer(actions.allow);
  if (first === last) return ifEqual(first, [allow]);
  return ifAtLeast(first, ifAtMost(last, [allow]));
}
