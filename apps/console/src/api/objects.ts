import { objectDetailsSchema, uploadCheckSchema } from '@strongroom/contracts';
import { csrfHeaders, readError, request, requestNothing, unreachable } from './request.ts';

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** `what`: `''`, or such as `/content`. */
export function objectsPath(
  bucket: string,
  what: string,
  query: Readonly<Record<string, string>>,
): string {
  const address = `/api/buckets/${encodeURIComponent(bucket)}/objects${what}`;
  return `${address}?${new URLSearchParams(query)}`;
}

/** Asked first, because a download that fails shows no reason. @throws {ApiError} */
export async function downloadObject({ bucket, key }: ObjectPlace): Promise<void> {
  await request(objectDetailsSchema, objectsPath(bucket, '/details', { key }));
  const link = document.createElement('a');
  link.href = objectsPath(bucket, '/content', { key });
  link.download = '';
  link.click();
}

export function deleteObject({ bucket, key }: ObjectPlace): Promise<void> {
  return requestNothing(objectsPath(bucket, '', { key }), { method: 'DELETE' });
}

/** Whether there is one already. @throws {ApiError} where it could not be uploaded */
export async function checkUpload({ bucket, key }: ObjectPlace): Promise<boolean> {
  const path = objectsPath(bucket, '/upload-check', { key });
  return (await request(uploadCheckSchema, path)).exists;
}

export interface UploadRequest extends ObjectPlace {
  readonly file: File;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** Streams the file from the disk; XMLHttpRequest, because fetch tells nothing of its progress. */
export function uploadObject(upload: UploadRequest): Promise<void> {
  const { bucket, key, file, overwrite, signal, onProgress } = upload;
  const contentType = file.type === '' ? {} : { contentType: file.type };
  const query = { key, overwrite: String(overwrite), ...contentType };
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('PUT', objectsPath(bucket, '/content', query));
    sending.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(csrfHeaders())) {
      sending.setRequestHeader(name, value);
    }
    sending.upload.onprogress = ({ loaded }) => onProgress(loaded);
    sending.onload = () => {
      if (sending.status < 400) resolve();
      else reject(readError(sending.responseText));
    };
    sending.onerror = () => reject(unreachable());
    sending.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => sending.abort());
    sending.send(file);
  });
}
