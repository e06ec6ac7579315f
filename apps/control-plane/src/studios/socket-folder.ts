import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `sun_path` holds 108 bytes with its NUL on Linux (unix(7)). */
const maximumSocketPathBytes = 107;
/** The longest profile name, a hyphen, 8 random characters and `.new.sock`. */
const longestSocketNameBytes = 32 + 1 + 8 + 9;

/**
 * The folder of the studios' unix sockets, which only the control plane may enter. Sockets that an
 * earlier, killed control plane left are removed.
 */
export async function openSocketFolder(dataFolder: string): Promise<string> {
  const folder = socketFolderOf(dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseForeignFolder(folder);
  await chmod(folder, 0o700);
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
  return folder;
}

/** Under the data folder, or, where that path is too long for a socket, a short one of its own. */
export function socketFolderOf(dataFolder: string): string {
  const preferred = join(dataFolder, 'run', 'sockets');
  const longestBytes = Buffer.byteLength(preferred) + 1 + longestSocketNameBytes;
  if (longestBytes <= maximumSocketPathBytes) return preferred;
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return join(tmpdir(), `strongroom-${name}`);
}

/** In a folder that all may write, somebody else could have made it first. */
async function refuseForeignFolder(folder: string): Promise<void> {
  const stats = await lstat(folder);
  const isOurs = process.getuid === undefined || stats.uid === process.getuid();
  if (stats.isDirectory() && isOurs) return;
  throw new Error(`Cannot keep sockets in "${folder}": it belongs to somebody else. Remove it`);
}
