import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Canaries {
  /** Where the programs are. */
  readonly programs: string;
  /** A command for a shell that leaves the canary of this name. */
  command(name: string): string;
  /** A program that leaves its canary and passes its input on, as a filter must. */
  program(name: string): string;
  /** The canaries that were left: what has run. */
  sung(): string[];
  silence(): void;
  close(): void;
}

/** A folder in which each program that should not run would leave a file of its name. */
export function startCanaries(): Canaries {
  const folder = mkdtempSync(join(tmpdir(), 'git-canaries-'));
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const command = (name: string) => `touch ${join(folder, name)}`;
  const sung = () => readdirSync(folder).filter((name) => name !== 'programs');
  return {
    programs,
    command,
    program(name) {
      const path = join(programs, name);
      writeFileSync(path, `#!/bin/sh\n${command(name)}\nexec cat\n`);
      chmodSync(path, 0o755);
      return path;
    },
    sung,
    silence() {
      for (const name of sung()) rmSync(join(folder, name));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
