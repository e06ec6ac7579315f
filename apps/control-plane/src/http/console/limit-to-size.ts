import { type Readable, Transform } from 'node:stream';

/**
 * Exactly the bytes that were announced. A file may grow while it is read (the rest is left out) or
 * shrink (the answer breaks off, so that nobody takes the part for the whole).
 */
export function limitToSize(source: Readable, sizeBytes: number): Readable {
  let remaining = sizeBytes;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const kept = chunk.subarray(0, remaining);
      remaining -= kept.length;
      done(null, kept);
    },
    flush(done) {
      done(remaining === 0 ? null : new Error('The file became shorter while it was read'));
    },
  });
  source.once('error', (error) => limited.destroy(error));
  // Closing the answer ends the reading too.
  limited.once('close', () => source.destroy());
  return source.pipe(limited);
}
