import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink } from 'node:fs/promises';

const separator = Buffer.from('/');
const pieceBytes = 1024 * 1024;

/**
 * What of a folder is not, or not the same, in another: kind, owner, mode, size, time of change,
 * contents, and where links lead. Names are bytes, since a file's name need not be text.
 */
export async function* differencesOf(source: Buffer, target: Buffer): AsyncGenerator<Buffer> {
  for (const name of await readdir(source, { encoding: 'buffer' })) {
    const [from, to] = [source, target].map((folder) => Buffer.concat([folder, separator, name]));
    if (from === undefined || to === undefined) continue;
    const status = await lstat(from, { bigint: true });
    if (!(await isSame(status, from, to))) yield to;
    else if (status.isDirectory()) yield* differencesOf(from, to);
  }
}

/** How many entries a folder holds, at every depth. */
export async function countEntries(folder: Buffer): Promise<number> {
  let count = 0;
  for (const entry of await readdir(folder, { encoding: 'buffer', withFileTypes: true })) {
    count += 1;
    if (!entry.isDirectory()) continue;
    count += await countEntries(Buffer.concat([folder, separator, entry.name]));
  }
  return count;
}

async function isSame(one: BigIntStats, from: Buffer, to: Buffer): Promise<boolean> {
  const other = await lstat(to, { bigint: true }).catch(() => undefined);
  if (other === undefined || one.mode !== other.mode) return false;
  if (one.uid !== other.uid || one.gid !== other.gid) return false;
  if (one.isSymbolicLink()) return (await target(from)).equals(await target(to));
  if (!one.isFile()) return true;
  if (one.size !== other.size || one.mtimeNs !== other.mtimeNs) return false;
  return haveSameContents(from, to);
}

function target(link: Buffer): Promise<Buffer> {
  return readlink(link, { encoding: 'buffer' });
}

async function haveSameContents(from: Buffer, to: Buffer): Promise<boolean> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  const one = await open(from, flags);
  try {
    const other = await open(to, flags);
    try {
      for (let position = 0; ; ) {
        const [left, right] = await Promise.all([
          readPiece(one, position),
          readPiece(other, position),
        ]);
        if (!left.equals(right)) return false;
        if (left.length === 0) return true;
        position += left.length;
      }
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}

/** Whole, but at the end of the file. */
async function readPiece(file: FileHandle, position: number): Promise<Buffer> {
  const piece = Buffer.alloc(pieceBytes);
  let length = 0;
  while (length < pieceBytes) {
    const { bytesRead } = await file.read(piece, length, pieceBytes - length, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return piece.subarray(0, length);
}
