import { createReadStream } from 'node:fs';

const newline = 0x0a;
/** No line of ours is longer. */
const maximumLineBytes = 1024 * 1024;

/** The lines of a file from the first on, in bounded memory; `isWhole`: with its newline. */
export async function* wholeLines(
  path: string,
): AsyncGenerator<{ readonly text: Buffer; readonly isWhole: boolean }> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let at = rest.indexOf(newline); at >= 0; at = rest.indexOf(newline)) {
      yield { text: rest.subarray(0, at), isWhole: true };
      rest = rest.subarray(at + 1);
    }
    if (rest.length > maximumLineBytes) break;
  }
  if (rest.length > 0) yield { text: rest, isWhole: false };
}
