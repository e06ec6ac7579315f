import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folder a kernel or terminal starts in: the deepest folder of an API path that exists, as
 * Jupyter server chooses it; a notebook's own folder for a notebook. Never outside the home.
 */
export async function findWorkingDirectory(homeFolder: string, apiPath: string): Promise<string> {
  const segments = apiPath.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..') || apiPath.includes('\0')) return homeFolder;
  while (segments.length > 0) {
    const path = join(homeFolder, ...segments);
    if (await isFolder(path)) return path;
    segments.pop();
  }
  return homeFolder;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
