import { mkdir, readdir, rm } from 'node:fs/promises';

/** What the CDK writes into every folder that it synthesises to. */
const markOfSynthesis = 'cdk.out';

class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly code = 'FolderInUse';
}

/**
 * A folder for a synthesis, readable by its owner alone. One with an earlier synthesis is emptied; one
 * with anything else is somebody's and stays as it is.
 *
 * @throws {FolderInUseError}
 */
export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entries = await readdir(folder);
  if (entries.length === 0) return;
  if (!entries.includes(markOfSynthesis)) {
    throw new FolderInUseError(
      `Cannot write to "${folder}": it holds something other than a synthesis; use an empty folder`,
    );
  }
  await rm(folder, { recursive: true });
  await mkdir(folder, { mode: 0o700 });
}
