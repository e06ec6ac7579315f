import type { Contents } from '@jupyterlab/services';
import type { BucketApi, ObjectPlace } from './bucket-api.ts';
import { BucketError } from './bucket-error.ts';
import { piecesOf, toBase64 } from './pieces.ts';

/** As Lab's own upload sends large files. */
const pieceBytes = 1024 * 1024;

export interface CopyOptions {
  readonly signal: AbortSignal;
  /** Of the bytes that are on their way, how many more have arrived. */
  readonly onBytes: (count: number) => void;
}

/**
 * From a bucket to a file of the home, a piece at a time and at the pace of the slower side. The home
 * shows the file only once its last piece is there, so one that breaks off leaves what was there.
 */
export async function copyToHome(
  { api, contents }: { api: Pick<BucketApi, 'read'>; contents: Pick<Contents.IManager, 'save'> },
  { place, path }: { readonly place: ObjectPlace; readonly path: string },
  { signal, onBytes }: CopyOptions,
): Promise<void> {
  const stream = await api.read(place, signal);
  let number = 0;
  for await (const { bytes, isLast } of piecesOf(stream, pieceBytes)) {
    signal.throwIfAborted();
    number += 1;
    const isWhole = isLast && number === 1;
    await contents.save(path, {
      ...{ type: 'file', format: 'base64', content: toBase64(bytes) },
      ...(isWhole ? {} : { chunk: isLast ? -1 : number }),
    });
    onBytes(bytes.length);
  }
}

/**
 * From a file of the home to a bucket. A browser sends a body of unknown length only over HTTP/2, so
 * it first collects the file as a `Blob`, which it keeps outside the page and on its disk where it is
 * large; the page itself holds one read at a time.
 */
export async function copyToBucket(
  api: Pick<BucketApi, 'write'>,
  { url, place }: { readonly url: string; readonly place: ObjectPlace },
  { signal, onBytes }: CopyOptions,
): Promise<void> {
  const content = await collect(url, { signal, onBytes });
  let sentBytes = 0;
  const onProgress = (count: number) => {
    onBytes(count - sentBytes);
    sentBytes = count;
  };
  await api.write(place, content, { signal, onProgress });
  onProgress(content.size);
}

async function collect(url: string, { signal, onBytes }: CopyOptions): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin', signal });
  if (!response.ok || response.body === null) throw new BucketError('FileNotReadable');
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      onBytes(bytes.length);
      controller.enqueue(bytes);
    },
  });
  return new Response(response.body.pipeThrough(counted)).blob();
}
