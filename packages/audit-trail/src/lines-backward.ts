import { type FileHandle, open } from 'node:fs/promises';

export interface PlacedLine {
  readonly text: string;
  /** Where it begins, in bytes; reading on from here gives the line before it. */
  readonly offset: number;
}

const chunkBytes = 64 * 1024;
const newline = 0x0a;

/** The whole lines of a file from the last to the first, in bounded memory; from `end` (bytes) backward. */
export async function* linesBackward(path: string, end?: number): AsyncGenerator<PlacedLine> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    yield* linesBefore(file, Math.min(end ?? size, size));
  } finally {
    await file.close();
  }
}

async function* linesBefore(file: FileHandle, end: number): AsyncGenerator<PlacedLine> {
  let start = end;
  let rest: Buffer = Buffer.alloc(0);
  while (start > 0) {
    const length = Math.min(chunkBytes, start);
    start -= length;
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
    rest = Buffer.concat([buffer, rest]);
    // The first line of what is read may begin further ahead; the last one has its newline.
    for (;;) {
      const until =
        rest.length > 0 && rest[rest.length - 1] === newline ? rest.length - 1 : rest.length;
      const before = until === 0 ? -1 : rest.lastIndexOf(newline, until - 1);
      if (before < 0) break;
      yield { text: rest.toString('utf8', before + 1, until), offset: start + before + 1 };
      rest = rest.subarray(0, before + 1);
    }
  }
  const text = rest.toString('utf8').replace(/\n$/, '');
  if (text !== '') yield { text, offset: 0 };
}
