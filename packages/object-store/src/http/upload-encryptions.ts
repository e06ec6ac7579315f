import type { UploadPlace } from '../store/multipart-requests.ts';
import type { ObjectEncryption } from '../store/object-info.ts';

const maximumCount = 10_000;

/**
 * What uploads that were begun here are encrypted with, for the decisions on their parts. A store
 * may be able to tell it too; a real S3 is not.
 */
export class UploadEncryptions {
  readonly #encryptions = new Map<string, ObjectEncryption>();

  remember(place: Omit<UploadPlace, 'caller'>, encryption: ObjectEncryption): void {
    const [oldest] = this.#encryptions.keys();
    if (oldest !== undefined && this.#encryptions.size >= maximumCount) {
      this.#encryptions.delete(oldest);
    }
    this.#encryptions.set(nameOf(place), encryption);
  }

  find(place: Omit<UploadPlace, 'caller'>): ObjectEncryption | undefined {
    return this.#encryptions.get(nameOf(place));
  }

  forget(place: Omit<UploadPlace, 'caller'>): void {
    this.#encryptions.delete(nameOf(place));
  }
}

function nameOf({ bucket, key, uploadId }: Omit<UploadPlace, 'caller'>): string {
  return JSON.stringify([bucket, key, uploadId]);
}
