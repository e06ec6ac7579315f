import { readlink } from 'node:fs/promises';
import { nativePath } from '../contents/file-name.ts';
import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { AgentError } from '../http/agent-error.ts';
import { type Blob, maximumVersionBytes } from './blobs.ts';
import { workingEntry } from './file-path.ts';
import type { Repository } from './repository.ts';

/** As git would take it into the index, filters apart. */
export async function readWorkingFile(
  home: HomeFolder,
  repository: Repository,
  path: string,
): Promise<Blob> {
  const entry = await workingEntry(home, repository, path).catch((error: unknown) => {
    if (error instanceof AgentError && error.code === 'NotFound') return undefined;
    throw error;
  });
  const stats = entry && (await statEntry(entry.path));
  if (entry === undefined || stats === undefined) return 'missing';
  // Git keeps of a link where it leads.
  if (stats.isSymbolicLink()) return Buffer.from(await readlink(nativePath(entry.path), 'buffer'));
  if (!stats.isFile()) return 'missing';
  if (stats.size > maximumVersionBytes) return 'large';
  const file = await openRegularFile(entry.path, path);
  try {
    return await readWholeFile(file, { maximumBytes: maximumVersionBytes, subject: path });
  } finally {
    await file.handle.close();
  }
}
