import { link, lstat, mkdir, rename, rmdir, unlink } from 'node:fs/promises';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import { syncFolder } from './atomic-write.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type ContentModel, describeEntry } from './content-model.ts';
import { nativePath } from './file-name.ts';
import { type HomeFolder, statEntry } from './home-folder.ts';

/** `PATCH /api/contents/<path>`: renames or moves; what already has the new name is never replaced. */
export async function renameContent(
  home: HomeFolder,
  checkpoints: Checkpoints,
  paths: { from: string; to: string },
): Promise<ContentModel> {
  const from = await home.entry(paths.from);
  const to = await home.entry(paths.to);
  const stats = await statEntry(from.path);
  if (stats === undefined) {
    throw new AgentError('NotFound', `No such file or folder: "${from.apiPath}"`);
  }
  if (from.path !== to.path) {
    try {
      await moveExclusively(from.path, to.path, stats.isDirectory());
    } catch (error) {
      throw explainMove(error, from.apiPath, to.apiPath);
    }
    if (!stats.isDirectory()) await checkpoints.follow(from.path, to.path).catch(() => {});
    await syncFolder(to.folder);
    if (from.folder !== to.folder) await syncFolder(from.folder);
  }
  return describeEntry(to.apiPath, await describedStats(home, to.apiPath, to.path));
}

/**
 * rename(2) replaces what is there, and Node.js has no RENAME_NOREPLACE. A hard link fails where
 * the name exists (a second name, then none of the first); a folder is renamed over an empty one
 * that was made exclusively. Both are refused by the file system itself, so nothing is overwritten
 * between a check and the rename.
 */
async function moveExclusively(from: string, to: string, isFolder: boolean): Promise<void> {
  if (isFolder) {
    await mkdir(nativePath(to));
    try {
      await rename(nativePath(from), nativePath(to));
    } catch (error) {
      await rmdir(nativePath(to));
      throw error;
    }
    return;
  }
  try {
    await link(nativePath(from), nativePath(to));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK' && code !== 'ENOSYS')
      throw error;
    // This file system has no hard links: the check and the rename are two steps.
    if ((await statEntry(to)) !== undefined)
      throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    await rename(nativePath(from), nativePath(to));
    return;
  }
  try {
    await unlink(nativePath(from));
  } catch (error) {
    await unlink(nativePath(to));
    throw error;
  }
}

async function describedStats(home: HomeFolder, apiPath: string, path: string) {
  try {
    return await lstat(nativePath(await home.resolve(apiPath)));
  } catch {
    return await lstat(nativePath(path));
  }
}

function explainMove(error: unknown, from: string, to: string): unknown {
  switch (systemErrorCode(error)) {
    case 'EEXIST':
      return new AgentError('Conflict', `"${to}" exists already`, { cause: error });
    case 'EINVAL':
      return new AgentError('InvalidRequest', `Cannot move "${from}" into itself`, {
        cause: error,
      });
    case 'EXDEV':
      return new AgentError(
        'InvalidRequest',
        `Cannot move "${from}": "${to}" is on another device`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
