import type { Readable } from 'node:stream';

/** The contents that `git cat-file --batch` writes: `<object> <type> <size>`, the content, a line's end. */
export async function* readBatch(stream: Readable): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let neededBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (held.length + waitingBytes < neededBytes) continue;
    held = Buffer.concat([held, ...waiting]);
    waiting = [];
    waitingBytes = 0;
    neededBytes = 0;
    for (;;) {
      const end = held.indexOf(0x0a);
      if (end === -1) break;
      const sizeBytes = Number(held.toString('latin1', 0, end).split(' ')[2]);
      if (!Number.isSafeInteger(sizeBytes)) throw new Error('Cannot read an object of the push');
      const whole = end + 1 + sizeBytes + 1;
      if (held.length < whole) {
        neededBytes = whole;
        break;
      }
      yield held.subarray(end + 1, end + 1 + sizeBytes);
      held = held.subarray(whole);
    }
  }
}
