import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** Resident set sizes added up: shared pages count once for each process. */
  rssMegabytes: number;
  /** Proportional set sizes added up: each shared page counts once in all. */
  pssMegabytes: number;
}

/** Every live descendant of a process, itself left out. */
export function descendants(ancestorProcessId: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const processId = Number(name);
    if (!Number.isInteger(processId)) continue;
    const parent = parentOf(processId);
    if (parent === undefined) continue;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), processId]);
  }
  const found: number[] = [];
  for (let queue = [ancestorProcessId]; queue.length > 0; ) {
    const children = queue.flatMap((processId) => childrenOf.get(processId) ?? []);
    found.push(...children);
    queue = children;
  }
  return found;
}

/** /proc/PID/smaps_rollup, kilobytes; processes that have ended meanwhile count nothing. */
export function memoryOf(processIds: readonly number[]): Memory {
  const rollups = processIds.map((processId) => read(`/proc/${processId}/smaps_rollup`));
  const sum = (field: string) =>
    rollups.reduce((total, text) => {
      const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
      return total + Number(kilobytes ?? 0);
    }, 0) / 1024;
  return { rssMegabytes: sum('Rss'), pssMegabytes: sum('Pss') };
}

export function commandLineOf(processId: number): string {
  return read(`/proc/${processId}/cmdline`).replaceAll('\0', ' ').trim();
}

function parentOf(processId: number): number | undefined {
  // The second field is the command in parentheses and may hold spaces and parentheses itself.
  const afterCommand = read(`/proc/${processId}/stat`).split(') ').at(-1);
  const parent = Number(afterCommand?.split(' ')[1]);
  return Number.isInteger(parent) ? parent : undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
