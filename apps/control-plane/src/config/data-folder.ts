import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir } from 'node:fs/promises';
import { StartError } from '../start-error.ts';

/**
 * Makes the data folder where there is none, for its owner alone (0700).
 *
 * @throws {StartError} `DataFolderUnusable`
 */
export async function openDataFolder(path: string): Promise<{ wasCreated: boolean }> {
  try {
    const wasCreated = (await mkdir(path, { recursive: true, mode: 0o700 })) !== undefined;
    const { uid } = await lstat(path);
    if (process.getuid?.() !== uid) throw new Error('it belongs to another user');
    await chmod(path, 0o700);
    await access(path, constants.W_OK | constants.X_OK);
    return { wasCreated };
  } catch (error) {
    const why = (error as Error).message;
    const message = `Cannot use the data folder "${path}": ${why}`;
    throw new StartError('DataFolderUnusable', message, { cause: error });
  }
}
