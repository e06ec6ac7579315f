import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  allSocketPaths,
  type ConnectionInfo,
  formatConnectionFile,
} from '@strongroom/jupyter-protocol';

/** The files by which one run of a kernel is reached: its connection file and its sockets. */
export interface ConnectionFiles {
  readonly info: ConnectionInfo;
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Each run has a key and paths of its own, so that nothing meant for an ended kernel reaches its
 * successor. Whoever can read the file can run code as the person: 0600, in a folder of 0700.
 */
export async function createConnectionFiles(options: {
  runtimeFolder: string;
  kernelId: string;
  kernelName: string;
}): Promise<ConnectionFiles> {
  const folder = folderIn(options.runtimeFolder);
  const name = `${options.kernelId}.${randomBytes(3).toString('hex')}`;
  const info: ConnectionInfo = {
    socketPathPrefix: join(folder, name),
    key: randomBytes(32).toString('hex'),
    kernelName: options.kernelName,
  };
  const path = join(folder, `${name}.json`);
  const text = formatConnectionFile(info);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  return { info, path, remove: () => removeFiles([path, ...allSocketPaths(info)]) };
}

/** What an agent that was killed left behind: its kernels ended with it. */
export async function removeLeftConnectionFiles(runtimeFolder: string): Promise<void> {
  await rm(folderIn(runtimeFolder), { recursive: true, force: true });
}

function folderIn(runtimeFolder: string): string {
  return join(runtimeFolder, 'k');
}

async function removeFiles(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(path, { force: true })));
}
