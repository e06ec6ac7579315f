import { readFileSync } from 'node:fs';
import { mkdir, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sendSignal } from '../processes/process-table.ts';
import { SandboxError } from '../sandbox-error.ts';

const removeAttempts = 500;
const pauseMilliseconds = 10;

export async function makeGroup(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw limitUnavailable(`Cannot make the control group "${folder}"`, error);
  }
}

export async function setLimit(folder: string, file: string, value: string): Promise<void> {
  try {
    await writeFile(join(folder, file), value);
  } catch (error) {
    throw limitUnavailable(`Cannot set ${file} to ${value} in "${folder}"`, error);
  }
}

/** A whole number that the kernel takes. */
export function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}

function limitUnavailable(action: string, cause: unknown): SandboxError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
  return new SandboxError('LimitUnavailable', `${action}: ${code}`, { cause });
}

/**
 * These files are in memory: what the kernel answers at once is not handed to a thread, which takes ten
 * times as long. Many are read of every sandbox that is metered.
 */
export async function readNumber(folder: string, file: string): Promise<number> {
  return Number(readFileSync(join(folder, file), 'utf8').trim());
}

/** Reads `name value` lines, such as `memory.stat` and `memory.events`. */
export async function readFields(folder: string, file: string): Promise<Map<string, number>> {
  const text = readFileSync(join(folder, file), 'utf8');
  const lines = text.split('\n').map((line) => line.split(' '));
  return new Map(lines.map(([name = '', value = '0']) => [name, Number(value)]));
}

export async function processesOf(folder: string): Promise<number[]> {
  let text: string;
  try {
    text = readFileSync(join(folder, 'cgroup.procs'), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').filter(Boolean).map(Number);
}

/** The names of the groups directly under a folder; none where the folder does not exist. */
export async function groupsUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** Kills until nothing is left: a process that forks meanwhile is found in the next round. */
export async function killEach(folder: string): Promise<number> {
  const killed = new Set<number>();
  for (let attempt = 0; attempt < removeAttempts; attempt += 1) {
    const pids = await processesOf(folder);
    if (pids.length === 0) break;
    for (const pid of pids) {
      if (sendSignal(pid, 'SIGKILL')) killed.add(pid);
    }
    await delay(pauseMilliseconds);
  }
  return killed.size;
}

/** A killed process leaves its group only when it is reaped, so the first tries may find it busy. */
export async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || attempt === removeAttempts) throw error;
      await delay(pauseMilliseconds);
    }
  }
}
