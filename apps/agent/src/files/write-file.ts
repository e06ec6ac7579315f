import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { nativePath } from '../contents/file-name.ts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';

export interface WriteRequest {
  /** One name in the home itself. */
  readonly name: string;
  /** Fewer bytes are a transfer that broke off. */
  readonly sizeBytes: number;
}

const maximumTries = 1_000;

/**
 * Puts a new file into the home, under its name or the first free one that follows it, and never over
 * anything. It appears whole or not at all: all of it is on the disk before it gets its name.
 *
 * @returns the name that it got
 * @throws {AgentError} `InvalidPath`, `Conflict`; the file system's own errors
 */
export async function writeNewFile(
  home: HomeFolder,
  { name, sizeBytes }: WriteRequest,
  content: Readable,
): Promise<string> {
  // Told where it is read, also where it comes before that.
  content.on('error', () => undefined);
  const names = home.names(name);
  if (names.length !== 1 || names[0] !== name) {
    throw new AgentError('InvalidPath', 'A new file needs one name');
  }
  const temporary = join(home.root, `.strongroom-${randomBytes(8).toString('hex')}.tmp`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(nativePath(temporary), flags, 0o666);
  try {
    try {
      await pour(content, handle, sizeBytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await nameFree(home.root, temporary, name);
  } finally {
    await unlink(nativePath(temporary)).catch(() => undefined);
  }
}

async function pour(content: Readable, handle: FileHandle, sizeBytes: number): Promise<void> {
  let written = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    written += chunk.length;
    if (written > sizeBytes) break;
    await handle.writeFile(chunk);
  }
  if (written !== sizeBytes) throw new AgentError('InvalidRequest', 'The content broke off');
}

/** A link never replaces what has the name, be it a link that leads nowhere. */
async function nameFree(folder: string, temporary: string, name: string): Promise<string> {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 0; number < maximumTries; number += 1) {
    const tried = number === 0 ? name : `${stem}-${number}${ending}`;
    try {
      await link(nativePath(temporary), nativePath(join(folder, tried)));
      return tried;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }
  throw new AgentError('Conflict', `There are too many files called "${name}"`);
}
