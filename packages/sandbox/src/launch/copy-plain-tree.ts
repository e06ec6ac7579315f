import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is left to copy; shared by all that belongs together. */
export interface CopyBudget {
  bytes: number;
  entries: number;
}

/**
 * Copies files, folders and links of a tree that somebody else made: links stay what they are and are
 * never followed, devices and sockets are left out, set-user-id is not taken over.
 *
 * @throws {RangeError} where it is more than the budget
 */
export async function copyPlainTree(
  source: string,
  target: string,
  budget: CopyBudget,
): Promise<void> {
  const found = await lstat(source);
  budget.entries -= 1;
  if (budget.entries < 0) throw new RangeError('It has too many files');
  if (found.isSymbolicLink()) return symlink(await readlink(source), target);
  if (found.isFile()) return copyFile(source, target, budget);
  if (!found.isDirectory()) return;
  await mkdir(target, { mode: 0o755 });
  for (const name of (await readdir(source)).sort()) {
    await copyPlainTree(join(source, name), join(target, name), budget);
  }
}

async function copyFile(source: string, target: string, budget: CopyBudget): Promise<void> {
  await using file = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW);
  const { size, mode } = await file.stat();
  budget.bytes -= size;
  if (budget.bytes < 0) throw new RangeError('It is too large');
  await writeFile(target, await file.readFile(), { flag: 'wx' });
  await chmod(target, (mode & 0o111) === 0 ? 0o644 : 0o755);
}
