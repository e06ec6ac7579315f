import { chmod, lstat, mkdir, open, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { isTemporaryName, syncFolder } from './atomic-write.ts';
import { checkpointsFolderName } from './checkpoints.ts';
import { type ContentModel, describeEntry } from './content-model.ts';
import { claimFreeName, resolveFolder } from './create-content.ts';
import { nativePath } from './file-name.ts';
import { type HomeFolder, readFolder } from './home-folder.ts';
import { joinApiPath } from './listing.ts';
import { notRegular, openRegularFile } from './open-file.ts';
import { pourFile } from './pour-file.ts';
import { originalName } from './untitled-name.ts';

/** `POST /api/contents/<folder>` with `copy_from`: a copy whose name the server chooses. */
export async function copyContent(
  home: HomeFolder,
  paths: { from: string; toFolder: string },
): Promise<ContentModel> {
  const source = await home.resolve(paths.from);
  const stats = await lstat(nativePath(source));
  const isFolder = stats.isDirectory();
  if (!isFolder && !stats.isFile()) throw notRegular(paths.from);
  const folder = await resolveFolder(home, paths.toFolder);
  if (isFolder && (folder === source || folder.startsWith(`${source}/`))) {
    throw new AgentError('InvalidRequest', `Cannot copy "${paths.from}" into itself`);
  }
  const wantedName = home.names(paths.from).at(-1) ?? '';
  const name = await claimFreeName(folder, originalName(wantedName, isFolder), {
    insert: '-Copy',
    isFolder,
    claim: (target) => (isFolder ? copyFolder(source, target) : copyFile(source, target)),
  });
  await syncFolder(folder);
  const apiPath = joinApiPath(home.normalize(paths.toFolder), name);
  return describeEntry(apiPath, await lstat(nativePath(join(folder, name))));
}

async function copyFile(source: string, target: string): Promise<void> {
  const { handle, stats } = await openRegularFile(source, source);
  try {
    const copy = await open(nativePath(target), 'wx', stats.mode & 0o777);
    try {
      await pourFile(handle, copy);
      await copy.sync();
    } catch (error) {
      await rm(nativePath(target), { force: true });
      throw error;
    } finally {
      await copy.close();
    }
  } finally {
    await handle.close();
  }
}

/** Links are copied as links; pipes, sockets and devices, checkpoints and unfinished writes are not copied. */
async function copyFolder(source: string, target: string): Promise<void> {
  await mkdir(nativePath(target));
  try {
    for (const { name, entry } of await readFolder(source)) {
      const from = join(source, name);
      const to = join(target, name);
      if (name === checkpointsFolderName || isTemporaryName(name)) continue;
      if (entry.isDirectory()) await copyFolder(from, to);
      else if (entry.isFile()) await copyFile(from, to);
      else if (entry.isSymbolicLink()) {
        await symlink(await readlink(nativePath(from), { encoding: 'buffer' }), nativePath(to));
      }
    }
    const { mode } = await lstat(nativePath(source));
    await chmod(nativePath(target), mode & 0o7777);
  } catch (error) {
    await rm(nativePath(target), { recursive: true, force: true });
    throw error;
  }
}
