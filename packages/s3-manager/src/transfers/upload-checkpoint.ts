import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SteadyFile } from '../files/steady-file.ts';
import { detailFields, type ObjectDetails } from '../objects/object-details.ts';
import type { S3Access } from '../s3-access.ts';

/**
 * Remembers an upload that has begun, so that the next try goes on with it. Its name is a hash of
 * everything that makes the upload what it is. INVARIANT: only an upload that this account began with
 * the same key and details is gone on with; one that is merely found in the bucket could have been
 * begun by somebody else, under another key.
 */
export class UploadCheckpoint {
  readonly #folder: string;
  readonly #path: string;

  private constructor(folder: string, identity: string) {
    this.#folder = folder;
    this.#path = join(folder, `${createHash('sha256').update(identity).digest('hex')}.json`);
  }

  /** `undefined` where there is no folder for them. */
  static for(
    { checkpointFolder, encryption, partSizeBytes }: S3Access,
    way: { readonly file: SteadyFile; readonly bucket: string; readonly key: string },
    details: ObjectDetails,
  ): UploadCheckpoint | undefined {
    if (checkpointFolder === undefined) return undefined;
    const { file, bucket, key } = way;
    const identity = [
      [bucket, key, resolve(file.path), file.sizeBytes, String(file.modifiedNanoseconds)],
      [partSizeBytes, encryption, detailFields(details)],
    ];
    return new UploadCheckpoint(checkpointFolder, JSON.stringify(identity));
  }

  /** The upload's id. A file that is damaged is as good as none. */
  async read(): Promise<string | undefined> {
    try {
      const content: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      const { uploadId } = content as { readonly uploadId?: unknown };
      return typeof uploadId === 'string' && uploadId !== '' ? uploadId : undefined;
    } catch {
      return undefined;
    }
  }

  async write(uploadId: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const unfinished = `${this.#path}.${randomBytes(4).toString('hex')}`;
    await writeFile(unfinished, JSON.stringify({ uploadId }), { mode: 0o600, flag: 'wx' });
    await rename(unfinished, this.#path);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
