import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StrongroomError } from '@strongroom/contracts';

/**
 * The body as it was before its transfer. Git compresses what it asks for; what becomes more than this
 * when it is opened breaks off.
 *
 * @throws {StrongroomError} `InvalidRequest`
 */
export function requestBody(request: IncomingMessage, maximumBytes: number): Readable {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) > maximumBytes) throw tooLarge();
  const encoding = headers['content-encoding'] ?? 'identity';
  const limited = limitBytes(maximumBytes);
  // A client may go away before anybody reads.
  limited.on('error', () => undefined);
  if (encoding === 'identity') return joined(request, limited);
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new StrongroomError('InvalidRequest', `Cannot read "${encoding.slice(0, 40)}"`);
  }
  const opened = createGunzip();
  opened.on('error', () => undefined);
  return joined(joined(request, opened), limited);
}

function joined<Next extends Transform>(source: Readable, next: Next): Next {
  source.once('error', (error) => next.destroy(error));
  source.once('close', () => {
    if (!source.readableEnded) next.destroy(new Error('The request broke off'));
  });
  source.pipe(next);
  return next;
}

function limitBytes(maximumBytes: number): Transform {
  let leftBytes = maximumBytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      leftBytes -= chunk.length;
      if (leftBytes < 0) done(tooLarge());
      else done(null, chunk);
    },
  });
}

function tooLarge(): StrongroomError {
  return new StrongroomError('InvalidRequest', 'Cannot take the request: it is too large');
}
