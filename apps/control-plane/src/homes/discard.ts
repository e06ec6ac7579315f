import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudioLog } from '../studios/studio-log.ts';

const discardedPrefix = '.discarded-';

/**
 * Sandboxed programs wrote what is in there, perhaps a tree too deep to delete, so the name is freed
 * first and the deleting cannot fail a start. `parent` is on the same file system and ours.
 */
export async function discard(path: string, parent: string, log: StudioLog): Promise<void> {
  const discarded = join(parent, `${discardedPrefix}${randomBytes(8).toString('hex')}`);
  try {
    await rename(path, discarded);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  void deleteFolder(discarded, log);
}

/** Goes on with deletions that were interrupted. */
export async function deleteDiscarded(parent: string, log: StudioLog): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(discardedPrefix)) void deleteFolder(join(parent, name), log);
  }
}

async function deleteFolder(folder: string, log: StudioLog): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    log.warn({ folder, err: error }, 'Cannot delete a discarded folder');
  }
}
