import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processes on this machine that something in a folder is mounted for. What is bound comes fourth
 * (proc(5), mountinfo); what is mounted in the folder is seen by every sandbox on the machine.
 */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const mounts = readFileSync(`/proc/${name}/mountinfo`, 'utf8').split('\n');
        return mounts.some((line) => line.split(' ')[3]?.includes(folder));
      } catch {
        // It ended between the listing and the reading.
        return false;
      }
    })
    .map(Number);
}
