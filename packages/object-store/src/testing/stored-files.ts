import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file under the folder, by path. */
export async function storedFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The sealed files alone. */
export function sealedFilesIn(folder: string): Promise<string[]> {
  return storedFiles(join(folder, 'data'));
}

/** As `grep -r` would: which of the files hold this text. */
export async function filesHolding(folder: string, text: string): Promise<string[]> {
  const holding: string[] = [];
  for (const path of await storedFiles(folder)) {
    if ((await readFile(path)).includes(text)) holding.push(path);
  }
  return holding;
}
