import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface CgroupMount {
  readonly version: 'v1' | 'v2';
  readonly folder: string;
  readonly controllers: readonly string[];
}

/** The control group hierarchies by their file-system type (proc(5), `/proc/<pid>/mountinfo`). */
export async function readCgroupMounts(): Promise<readonly CgroupMount[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  const mounts = await Promise.all(lines.map(readMount));
  return mounts.filter((mount) => mount !== undefined);
}

async function readMount(line: string): Promise<CgroupMount | undefined> {
  const [before = '', after = ''] = line.split(' - ');
  const folder = unescapeOctal(before.split(' ')[4] ?? '');
  const [type, , superOptions = ''] = after.split(' ');
  if (type === 'cgroup') {
    return { version: 'v1', folder, controllers: superOptions.split(',') };
  }
  if (type !== 'cgroup2') return undefined;
  const text = await readFile(join(folder, 'cgroup.controllers'), 'utf8').catch(() => '');
  return { version: 'v2', folder, controllers: text.trim().split(' ') };
}

/** Spaces and backslashes in a mount point are written in octal. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
