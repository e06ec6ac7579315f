import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import type { PouredBytes, TakePiece } from '../poured-bytes.ts';
import { S3Error } from '../s3-error.ts';

/**
 * The bytes as they come, no faster than they are taken. The request survives where they are not
 * taken to the end, so that a refusal can still be answered.
 */
export function receivedBytes(request: IncomingMessage, onBegin: () => void): PouredBytes {
  return {
    async *[Symbol.asyncIterator]() {
      onBegin();
      try {
        for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk;
      } catch (cause) {
        throw incomplete(cause);
      }
    },
    pour(take) {
      onBegin();
      return pourRequest(request, take);
    },
  };
}

function pourRequest(request: IncomingMessage, take: TakePiece): Promise<void> {
  return new Promise((resolve, reject) => {
    let underWay: Promise<void> | undefined;
    let isOver = false;
    const forget = finished(request, { writable: false }, (cause) => {
      end();
      if (cause) settle(() => reject(incomplete(cause)));
      else Promise.resolve(underWay).then(resolve, reject);
    });
    function end(): void {
      isOver = true;
      request.off('data', onPiece);
      forget();
    }
    function settle(tell: () => void): void {
      void Promise.allSettled([underWay]).then(tell);
    }
    function fail(error: unknown): void {
      if (isOver) return;
      end();
      request.pause();
      settle(() => reject(error));
    }
    function onPiece(piece: Uint8Array): void {
      try {
        underWay = take(piece);
      } catch (error) {
        fail(error);
        return;
      }
      if (underWay === undefined) return;
      request.pause();
      underWay.then(() => {
        if (!isOver) request.resume();
      }, fail);
    }
    request.on('data', onPiece);
  });
}

function incomplete(cause: unknown): S3Error {
  return new S3Error('IncompleteBody', 'The request body terminated unexpectedly', { cause });
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const lingerMilliseconds = 10_000;

/**
 * What a client still sends after it has been answered is thrown away, for a while: a connection
 * that is reset would take the answer with it.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete && request.readableLength === 0) return;
  const timer = setTimeout(() => request.destroy(), lingerMilliseconds);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
}
