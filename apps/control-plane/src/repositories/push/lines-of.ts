import type { Readable } from 'node:stream';

const maximumLineBytes = 4 * 1024 ** 2;

/** Each line without its end. @throws {Error} where one has no end */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      yield Buffer.concat([...held, rest.subarray(0, end)]).toString('utf8');
      held = [];
      heldBytes = 0;
      rest = rest.subarray(end + 1);
    }
    held.push(rest);
    heldBytes += rest.length;
    if (heldBytes > maximumLineBytes) throw new Error('Cannot read a line: it has no end');
  }
}
