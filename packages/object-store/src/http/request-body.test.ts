import { createServer, type IncomingMessage, request as startRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { TakePiece } from '../poured-bytes.ts';
import { discardRest, receivedBytes } from './request-body.ts';

const content = Buffer.alloc(3 * 1024 ** 2, 'content');
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Poured {
  readonly pouring: Promise<unknown>;
  readonly answered: Promise<number | undefined>;
  readonly cut: () => void;
}

/** A request with a body that is poured into `take`; it is answered when that has ended, however. */
async function pourInto(take: TakePiece, { isWhole = true } = {}): Promise<Poured> {
  return new Promise((resolve) => {
    const server = createServer((incoming: IncomingMessage, response) => {
      const pouring = receivedBytes(incoming, () => undefined).pour(take);
      const end = () => {
        response.end();
        discardRest(incoming);
      };
      pouring.then(end, end);
      resolve({ pouring, answered, cut: () => void outgoing.destroy() });
    });
    closers.push(
      () => void server.close(),
      () => server.closeAllConnections(),
    );
    let outgoing: ReturnType<typeof startRequest>;
    const answered = new Promise<number | undefined>((tell) => {
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const headers = { 'content-length': content.length };
        outgoing = startRequest({ host: '127.0.0.1', port, method: 'PUT', headers });
        outgoing.on('response', (response) => tell(response.resume().statusCode));
        outgoing.on('error', () => tell(undefined));
        if (isWhole) outgoing.end(content);
        else outgoing.write(content.subarray(1));
      });
    });
  });
}

describe('a body that is poured', () => {
  it('comes whole, and no faster than it is taken', async () => {
    const pieces: Uint8Array[] = [];
    let isUnderWay = false;
    const { pouring, answered } = await pourInto((piece) => {
      expect(isUnderWay).toBe(false);
      pieces.push(piece);
      if (pieces.length % 3 !== 0) return undefined;
      isUnderWay = true;
      return new Promise((resolve) => {
        setImmediate(() => {
          isUnderWay = false;
          resolve();
        });
      });
    });
    await pouring;
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    expect(await answered).toBe(200);
  });

  it.each([
    [
      'at once',
      () => {
        throw new Error('full');
      },
    ],
    ['later', () => Promise.reject(new Error('full'))],
  ])('fails with what its taker fails with %s, and can still be answered', async (_when, take) => {
    let takenCount = 0;
    const { pouring, answered } = await pourInto(() => {
      takenCount += 1;
      return take();
    });
    await expect(pouring).rejects.toThrow('full');
    expect(await answered).toBe(200);
    expect(takenCount).toBe(1);
  });

  it('is incomplete where the client goes, and is told so when nothing is under way', async () => {
    const begun = deferred();
    const goesOn = deferred();
    let isDone = false;
    const { pouring, answered, cut } = await pourInto(
      () => {
        begun.resolve();
        return goesOn.promise.then(() => {
          isDone = true;
        });
      },
      { isWhole: false },
    );
    await begun.promise;
    cut();
    await answered;
    goesOn.resolve();
    await expect(pouring).rejects.toMatchObject({ code: 'IncompleteBody' });
    expect(isDone).toBe(true);
  });
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
