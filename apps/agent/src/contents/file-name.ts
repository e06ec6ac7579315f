/**
 * File names on Linux are bytes; JSON and URLs need text. A name that is not UTF-8 must still be
 * listed, opened, renamed and deleted, so each byte that is not part of valid UTF-8 stands as one
 * private-use character (U+EF80…U+EFFF), and names that really hold those characters are escaped
 * the same way: the mapping is one to one.
 */
const escapeBase = 0xef00;
const escapedCharacters = /[\uef80-\uefff]/;
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decodeFileName(bytes: Buffer): string {
  const text = decodeStrictly(bytes);
  if (text !== undefined && !escapedCharacters.test(text)) return text;
  let name = '';
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index);
    const character =
      length === 0 ? undefined : decodeStrictly(bytes.subarray(index, index + length));
    if (character === undefined || escapedCharacters.test(character)) {
      name += String.fromCharCode(escapeBase + (bytes[index] ?? 0));
      index += 1;
    } else {
      name += character;
      index += length;
    }
  }
  return name;
}

/** The path as the file system knows it: text, or bytes where a name is not UTF-8. */
export function nativePath(path: string): string | Buffer {
  if (!escapedCharacters.test(path)) return path;
  const parts: Buffer[] = [];
  for (const character of path) {
    parts.push(
      escapedCharacters.test(character)
        ? Buffer.from([character.charCodeAt(0) - escapeBase])
        : Buffer.from(character, 'utf8'),
    );
  }
  return Buffer.concat(parts);
}

/** Linux's NAME_MAX. */
export const maximumNameBytes = 255;

/** Bytes the name takes on disk. */
export function fileNameBytes(name: string): number {
  return Buffer.byteLength(nativePath(name));
}

function decodeStrictly(bytes: Buffer): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many bytes the UTF-8 sequence that begins here claims to have; 0 where none begins here. */
function sequenceLength(bytes: Buffer, index: number): number {
  const first = bytes[index] ?? 0;
  const length =
    first < 0x80
      ? 1
      : first < 0xc2
        ? 0
        : first < 0xe0
          ? 2
          : first < 0xf0
            ? 3
            : first < 0xf5
              ? 4
              : 0;
  return index + length <= bytes.length ? length : 0;
}
