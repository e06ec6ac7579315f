/** One entry of a tar archive, as hostile as a test wants it. */
export interface TarEntry {
  readonly name: string;
  /** `0` a file, `2` a link, `3` a character device, `5` a folder, `6` a pipe (POSIX ustar). */
  readonly type: '0' | '1' | '2' | '3' | '5' | '6';
  readonly mode?: number;
  readonly content?: Buffer | string;
  readonly linkTarget?: string;
}

const blockBytes = 512;

/** POSIX.1-1988 ustar; nothing on disk can be as wrong as a header can say. */
export function tarBytes(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    const padding = Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes);
    return [headerOf(entry, content.length), content, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

function headerOf({ name, type, mode = 0o755, linkTarget = '' }: TarEntry, sizeBytes: number) {
  const header = Buffer.alloc(blockBytes);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  const fields: [number, string][] = [
    ...([
      [0, name.slice(0, 100)],
      [100, octal(mode, 8)],
      [108, octal(0, 8)],
    ] as [number, string][]),
    ...([
      [116, octal(0, 8)],
      [124, octal(sizeBytes, 12)],
      [136, octal(0, 12)],
    ] as [number, string][]),
    ...([
      [148, ' '.repeat(8)],
      [156, type],
      [157, linkTarget],
    ] as [number, string][]),
    ...([
      [257, 'ustar\0'],
      [263, '00'],
    ] as [number, string][]),
    ...([
      [329, octal(1, 8)],
      [337, octal(3, 8)],
    ] as [number, string][]),
  ];
  for (const [offset, text] of fields) header.write(text, offset, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}
