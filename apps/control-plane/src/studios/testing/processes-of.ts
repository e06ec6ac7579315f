import { readdirSync, readFileSync } from 'node:fs';

/** Processes on this machine that a folder is mounted into and that are not in our own mount namespace. */
export function processesOf(folder: string): number[] {
  const ownMounts = readFileSync('/proc/self/mountinfo', 'utf8');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const mounts = readFileSync(`/proc/${name}/mountinfo`, 'utf8');
        return mounts !== ownMounts && mounts.includes(folder);
      } catch {
        // It ended between the listing and the reading.
        return false;
      }
    })
    .map(Number);
}
