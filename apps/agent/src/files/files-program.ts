import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { resolveFolder } from '../contents/create-content.ts';
import { nativePath } from '../contents/file-name.ts';
import { HomeFolder, readFolder } from '../contents/home-folder.ts';
import { openRegularFile } from '../contents/open-file.ts';
import { AgentError, type AgentErrorCode } from '../http/agent-error.ts';
import { explainSystemError } from '../http/system-error.ts';
import { writeNewFile } from './write-file.ts';

const maximumEntries = 10_000;
/** What is not named here is refused. */
const codes: Readonly<Partial<Record<AgentErrorCode, string>>> = {
  NotFound: 'FileNotFound',
  DiskFull: 'DiskFull',
};

/** Entries as the control plane's `fileListSchema` has them. */
interface ListedEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly sizeBytes: number;
  readonly modifiedAt: string;
}

/**
 * One request to a home while no studio runs: `list <path>` writes one JSON document, `read <path>`
 * one JSON line `{name, sizeBytes}` and then the file's bytes. A refusal is one JSON line
 * `{code, message}`. `write <name> <sizeBytes>` takes the bytes of a new file and writes one JSON line
 * `{name}`. Returns the exit code.
 */
export async function runFilesProgram(
  homeFolder: string,
  parameters: readonly string[],
  output: Writable,
  input?: Readable,
): Promise<0 | 1> {
  const [action, path = '', size = ''] = parameters;
  try {
    const home = new HomeFolder(homeFolder);
    if (action === 'list') await list(home, path, output);
    else if (action === 'read') await read(home, path, output);
    else if (action === 'write' && input !== undefined) {
      const name = await writeNewFile(home, { name: path, sizeBytes: Number(size) }, input);
      await writeLine(output, { name });
    } else throw new AgentError('InvalidRequest', 'Usage: files.js list|read|write <path>');
    return 0;
  } catch (error) {
    const explained = explainSystemError(error, path);
    if (!(explained instanceof AgentError)) throw error;
    const code = codes[explained.code] ?? 'FileRefused';
    await writeLine(output, { code, message: explained.message });
    return 1;
  }
}

async function list(home: HomeFolder, path: string, output: Writable): Promise<void> {
  const folder = await resolveFolder(home, path);
  const names = (await readFolder(folder)).map(({ name }) => name).sort();
  const entries: ListedEntry[] = [];
  for (const name of names.slice(0, maximumEntries)) {
    const stats = await lstat(nativePath(join(folder, name))).catch(() => undefined);
    if (stats === undefined) continue;
    entries.push({
      name,
      type: stats.isFile()
        ? 'file'
        : stats.isDirectory()
          ? 'directory'
          : stats.isSymbolicLink()
            ? 'symlink'
            : 'other',
      sizeBytes: stats.size,
      modifiedAt: stats.mtime.toISOString(),
    });
  }
  const truncated = names.length > maximumEntries;
  await writeLine(output, { path: home.normalize(path), entries, truncated });
}

async function read(home: HomeFolder, path: string, output: Writable): Promise<void> {
  const apiPath = home.normalize(path);
  const { handle, stats } = await openRegularFile(await home.resolve(apiPath), apiPath);
  try {
    const name = apiPath.slice(apiPath.lastIndexOf('/') + 1);
    await writeLine(output, { name, sizeBytes: stats.size });
    if (stats.size === 0) return;
    // Exactly as many bytes as announced, also of a file that grows.
    const stream = handle.createReadStream({ start: 0, end: stats.size - 1, autoClose: false });
    await pipeline(stream, output, { end: false });
  } finally {
    await handle.close();
  }
}

async function writeLine(output: Writable, value: unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    output.write(`${JSON.stringify(value)}\n`, (error) => (error ? reject(error) : resolve()));
  });
}
