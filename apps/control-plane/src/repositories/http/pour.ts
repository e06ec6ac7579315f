import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/** From here on a piece is worth to be sent by itself. */
const enoughBytes = 128 * 1024;
const gatherMilliseconds = 1;

/**
 * Sends all that is said. Git says what it packs in pieces of a few kilobytes, and each piece costs this
 * process as much as a large one: so it is given a moment to say more. Resolves when there is no more of it,
 * or nobody listens.
 */
export function pour(source: Readable, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let isFull = false;
    const send = () => {
      clearTimeout(timer);
      timer = undefined;
      // All that is there, in one piece; at the end nothing, and then the source says that it is over.
      for (let piece = source.read(); piece !== null; piece = source.read()) {
        if (response.write(piece)) continue;
        isFull = true;
        return;
      }
    };
    const gather = () => {
      if (isFull) return;
      if (source.readableLength >= enoughBytes) send();
      else timer ??= setTimeout(send, gatherMilliseconds);
    };
    const drained = () => {
      isFull = false;
      gather();
    };
    const over = () => {
      clearTimeout(timer);
      source.off('readable', gather);
      response.off('drain', drained).off('close', over);
      resolve();
    };
    source.on('readable', gather).once('end', over).once('close', over);
    response.on('drain', drained).once('close', over);
    if (response.destroyed) over();
  });
}
