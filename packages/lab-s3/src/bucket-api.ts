import type { StudioBucket, StudioFolder } from '@strongroom/contracts';
import { BucketError, isCancelled } from './bucket-error.ts';
import { parseBucketList, parseFolder } from './parse-answers.ts';

const root = '/strongroom/api/buckets';

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** The buckets of this studio, as the gateway answers on this origin. Every failure is a `BucketError`. */
export class BucketApi {
  async listBuckets(): Promise<readonly StudioBucket[]> {
    const list = parseBucketList(await (await ask(root)).json());
    if (list === null) throw new BucketError('Unreachable');
    return list.buckets;
  }

  /** One level, by 1,000. */
  async listFolder(
    bucket: string,
    prefix: string,
    continuationToken: string | null = null,
  ): Promise<StudioFolder> {
    const query = new URLSearchParams({ prefix });
    if (continuationToken !== null) query.set('continuationToken', continuationToken);
    const folder = parseFolder(await (await ask(`${root}/${bucket}?${query}`)).json());
    if (folder === null) throw new BucketError('Unreachable');
    return folder;
  }

  /** Keys are listed in order, so the key itself comes first among those that begin with it. */
  async has({ bucket, key }: ObjectPlace): Promise<boolean> {
    const { objects } = await this.listFolder(bucket, key);
    return objects[0]?.key === key;
  }

  /** The content as it arrives; nothing of it is held here. */
  async read(place: ObjectPlace, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { body } = await ask(objectUrl(place), signal === undefined ? {} : { signal });
    if (body === null) throw new BucketError('Unreachable');
    return body;
  }

  async remove(place: ObjectPlace): Promise<void> {
    await ask(objectUrl(place), { method: 'DELETE' });
  }

  /** By XMLHttpRequest: of an upload's progress only that tells. */
  write(place: ObjectPlace, content: Blob, { signal, onProgress }: SendOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const abort = () => request.abort();
      signal.addEventListener('abort', abort, { once: true });
      request.open('PUT', objectUrl(place));
      request.responseType = 'text';
      request.upload.onprogress = ({ loaded }) => onProgress(loaded);
      request.onload = () => {
        if (request.status < 300) return resolve();
        reject(BucketError.of(asJson(request.responseText)));
      };
      request.onerror = () => reject(new BucketError('Unreachable'));
      request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'));
      request.onloadend = () => signal.removeEventListener('abort', abort);
      if (signal.aborted) return reject(new DOMException('Cancelled', 'AbortError'));
      request.send(content);
    });
  }
}

function objectUrl({ bucket, key }: ObjectPlace): string {
  return `${root}/${bucket}/object?key=${encodeURIComponent(key)}`;
}

async function ask(url: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...options });
  } catch (error) {
    throw isCancelled(error) ? error : new BucketError('Unreachable');
  }
  if (response.ok) return response;
  throw BucketError.of(asJson(await response.text()));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
