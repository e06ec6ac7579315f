import type { Socket } from 'node:net';

/** What of the first bytes is enough: `undefined` asks for more. */
type Judge<Found> = (bytes: Buffer) => Found | undefined;

export interface FirstBytes<Found> {
  readonly found: Found;
  /** Everything that was read; whoever goes on begins with it. */
  readonly bytes: Buffer;
}

/**
 * Reads until the first bytes say enough; `undefined` where they do not come in time, are too many,
 * or the other end goes away. The socket is paused then.
 */
export function readFirst<Found>(
  socket: Socket,
  judge: Judge<Found>,
  limits: { readonly milliseconds: number; readonly bytes: number; readonly start?: Buffer },
): Promise<FirstBytes<Found> | undefined> {
  return new Promise((resolve) => {
    let bytes = limits.start ?? Buffer.alloc(0);
    let isFinished = false;
    const finish = (result: FirstBytes<Found> | undefined) => {
      isFinished = true;
      clearTimeout(timer);
      socket.off('data', take);
      socket.off('end', giveUp);
      socket.off('close', giveUp);
      socket.pause();
      resolve(result);
    };
    const giveUp = () => finish(undefined);
    const take = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const found = judge(bytes);
      if (found !== undefined) finish({ found, bytes });
      else if (bytes.length > limits.bytes) giveUp();
    };
    // One limit for all of it: a byte now and then does not buy more time (slow-loris).
    const timer = setTimeout(giveUp, limits.milliseconds);
    socket.on('data', take);
    socket.on('end', giveUp);
    socket.on('close', giveUp);
    if (bytes.length > 0) take(Buffer.alloc(0));
    if (!isFinished) socket.resume();
  });
}
