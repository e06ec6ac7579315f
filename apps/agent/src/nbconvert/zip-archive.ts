import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

export interface ArchivedFile {
  /** Relative, `/` between folders. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** PKWARE's APPNOTE 6.3: general purpose bit 11 says that names are UTF-8; 8 is "deflated". */
const utf8Names = 1 << 11;
const deflated = 8;
const versionNeeded = 20;
/** 1980-01-01, the format's epoch: the archive of the same files is the same bytes. */
const dosDate = 0x21;

/** A ZIP archive in memory, for results of some megabytes (no ZIP64). */
export async function zipFiles(files: readonly ArchivedFile[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const nameBytes = Buffer.from(name, 'utf8');
    const compressed = await deflate(bytes);
    const shared = sharedHeader({ bytes, compressed, nameBytes });
    const local = Buffer.concat([uint32(0x04034b50), shared, nameBytes, compressed]);
    const central = Buffer.concat([
      uint32(0x02014b50),
      uint16(versionNeeded),
      shared,
      // Comment length, disk, internal attributes; external attributes; where the file begins.
      Buffer.alloc(6),
      uint32(0),
      uint32(offset),
      nameBytes,
    ]);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.concat([
    uint32(0x06054b50),
    uint32(0),
    uint16(files.length),
    uint16(files.length),
    uint32(directoryBytes.length),
    uint32(offset),
    uint16(0),
  ]);
  return Buffer.concat([...parts, directoryBytes, end]);
}

/** The fields that a file's own header and its directory entry have in common. */
function sharedHeader(file: { bytes: Buffer; compressed: Buffer; nameBytes: Buffer }): Buffer {
  return Buffer.concat([
    uint16(versionNeeded),
    uint16(utf8Names),
    uint16(deflated),
    uint16(0),
    uint16(dosDate),
    uint32(crc32(file.bytes)),
    uint32(file.compressed.length),
    uint32(file.bytes.length),
    uint16(file.nameBytes.length),
    uint16(0),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
