import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import { syncFolder } from './atomic-write.ts';
import { fileNameBytes, maximumNameBytes, nativePath } from './file-name.ts';
import type { HomeEntry } from './home-folder.ts';
import { statEntry } from './home-folder.ts';

const infoSuffix = '.trashinfo';

/**
 * The home trash of the FreeDesktop.org Trash specification 1.0: `files/` holds what was deleted,
 * `info/<name>.trashinfo` tells where it was and when it was deleted.
 */
export class Trash {
  readonly #folder: string;
  readonly #now: () => Date;

  constructor(homeFolder: string, now: () => Date = () => new Date()) {
    this.#folder = join(homeFolder, '.local', 'share', 'Trash');
    this.#now = now;
  }

  /** Moves the entry here; an entry that is here already is deleted for good. */
  async take(entry: HomeEntry): Promise<void> {
    if ((await statEntry(entry.path)) === undefined) {
      throw new AgentError('NotFound', `No such file or folder: "${entry.apiPath}"`);
    }
    if (entry.path === this.#folder || entry.path.startsWith(`${this.#folder}/`)) {
      await this.#deleteForGood(entry);
      return;
    }
    if (this.#folder.startsWith(`${entry.path}/`)) {
      throw new AgentError(
        'Refused',
        `"${entry.apiPath}" holds the trash and cannot be moved into it`,
      );
    }
    await mkdir(join(this.#folder, 'files'), { recursive: true, mode: 0o700 });
    await mkdir(join(this.#folder, 'info'), { recursive: true, mode: 0o700 });
    const name = await this.#writeInfo(entry).catch((error: unknown) => {
      throw explainFull(error, entry.apiPath);
    });
    try {
      await rename(nativePath(entry.path), nativePath(join(this.#folder, 'files', name)));
    } catch (error) {
      await rm(nativePath(this.#infoPath(name)), { force: true });
      throw error;
    }
    await syncFolder(entry.folder);
  }

  /** The info file is created exclusively, and first: its name claims the one in `files/`. */
  async #writeInfo(entry: HomeEntry): Promise<string> {
    const info = `[Trash Info]\nPath=${encodePath(entry.path)}\nDeletionDate=${localTime(this.#now())}\n`;
    for (let number = 1; ; number += 1) {
      const name = trashName(entry.name, number);
      try {
        await writeFile(nativePath(this.#infoPath(name)), info, { flag: 'wx', mode: 0o600 });
      } catch (error) {
        if (systemErrorCode(error) === 'EEXIST') continue;
        if (systemErrorCode(error) === 'ENOSPC' || systemErrorCode(error) === 'EDQUOT') {
          await rm(nativePath(this.#infoPath(name)), { force: true });
        }
        throw error;
      }
      if ((await statEntry(join(this.#folder, 'files', name))) === undefined) return name;
      await rm(nativePath(this.#infoPath(name)), { force: true });
    }
  }

  async #deleteForGood(entry: HomeEntry): Promise<void> {
    await rm(nativePath(entry.path), { recursive: true });
    if (entry.folder === join(this.#folder, 'files')) {
      await rm(nativePath(this.#infoPath(entry.name)), { force: true });
    }
    await syncFolder(entry.folder);
  }

  #infoPath(name: string): string {
    return join(this.#folder, 'info', `${name}${infoSuffix}`);
  }
}

/** `notes.txt`, `notes.txt.2`, … shortened where the info file's name would be too long. */
function trashName(name: string, number: number): string {
  const suffix = number === 1 ? '' : `.${number}`;
  let stem = name;
  while (fileNameBytes(`${stem}${suffix}${infoSuffix}`) > maximumNameBytes) {
    stem = [...stem].slice(0, -1).join('');
  }
  return `${stem}${suffix}`;
}

/** Percent-encoded bytes, slashes kept (the specification's "Path" key, RFC 2396 section 2). */
function encodePath(path: string): string {
  const bytes = Buffer.from(nativePath(path));
  let encoded = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9/._~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function localTime(date: Date): string {
  const minutesEast = -date.getTimezoneOffset();
  return new Date(date.getTime() + minutesEast * 60_000).toISOString().slice(0, 19);
}

function explainFull(error: unknown, subject: string): unknown {
  const code = systemErrorCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new AgentError(
    'DiskFull',
    `The disk is full: "${subject}" cannot be moved to the trash. Delete it for good in a terminal with rm, or empty the trash (~/.local/share/Trash)`,
    { cause: error },
  );
}
