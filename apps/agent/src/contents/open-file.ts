import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AgentError } from '../http/agent-error.ts';
import { explainSystemError } from '../http/system-error.ts';
import { nativePath } from './file-name.ts';

export interface OpenedFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/**
 * Opens a resolved path for reading. `O_NONBLOCK`, because opening a FIFO would wait for a writer
 * for ever; `O_NOFOLLOW`, because the path was resolved and a link put there since is not it.
 */
export async function openRegularFile(realPath: string, subject: string): Promise<OpenedFile> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const handle = await open(nativePath(realPath), flags).catch((error: unknown) => {
    throw explainSystemError(error, subject);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) {
      throw new AgentError('InvalidRequest', `"${subject}" is a folder, not a file`);
    }
    if (!stats.isFile()) throw notRegular(subject);
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export function notRegular(subject: string): AgentError {
  return new AgentError(
    'Refused',
    `"${subject}" is not a regular file (it is a pipe, a socket or a device)`,
  );
}

const pieceBytes = 256 * 1024;

/** SHA-256 of the whole file in hexadecimal, without holding it in memory. */
export async function hashFile(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(pieceBytes);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** The whole file; one that grows while it is read stays under the limit. */
export async function readWholeFile(
  file: OpenedFile,
  options: { maximumBytes: number; subject: string },
): Promise<Buffer> {
  const { maximumBytes, subject } = options;
  if (file.stats.size > maximumBytes) throw tooLargeToShow(subject, maximumBytes);
  const pieces: Buffer[] = [];
  // Not with readFile(), which takes a read that a damaged place cut short for the end of the file:
  // what was shown would then be saved over the whole.
  for (let position = 0; ; ) {
    const piece = Buffer.allocUnsafe(pieceBytes);
    const { bytesRead } = await file.handle
      .read(piece, 0, pieceBytes, position)
      .catch((error: unknown) => {
        throw explainSystemError(error, subject);
      });
    if (bytesRead === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, bytesRead));
    position += bytesRead;
    if (position > maximumBytes) throw tooLargeToShow(subject, maximumBytes);
  }
}

function tooLargeToShow(subject: string, maximumBytes: number): AgentError {
  const limit = Math.floor(maximumBytes / (1024 * 1024));
  return new AgentError(
    'TooLarge',
    `"${subject}" is larger than ${limit} MiB and cannot be opened here. Download it, or read it in a notebook`,
  );
}
