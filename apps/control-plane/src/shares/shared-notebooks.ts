import { StrongroomError } from '@strongroom/contracts';
import { sharingService } from '@strongroom/domain';
import type { GetObjectResult } from '@strongroom/object-store';
import type { Person } from '../identity/person.ts';
import type { StorageAccess, StorageAsker } from '../objects/storage-access.ts';
import { objectKeyOf, type Share } from './share.ts';

export interface SharedNotebooksOptions {
  readonly storage: Pick<StorageAccess, 'read' | 'write' | 'mayRead'>;
  readonly bucket: () => string;
  /** What the bucket is sealed under, as people know it. */
  readonly keyName: () => string;
}

type Placed = Pick<Share, 'owner' | 'shareId'>;

/** Versions of an earlier attempt that came no further. */
const maximumSkipped = 20;

/** The notebooks themselves, in the sharing bucket: written and read in the name of who asks. */
export class SharedNotebooks {
  readonly #options: SharedNotebooksOptions;

  constructor(options: SharedNotebooksOptions) {
    this.#options = options;
  }

  /**
   * Never writes over anything.
   *
   * @returns the version that was free
   * @throws {StrongroomError} `AccessDenied`, `KeyUnavailable`, `DiskFull`, `BucketFull`
   */
  async write(
    owner: Person,
    placed: Placed & { readonly version: number },
    bytes: Uint8Array,
  ): Promise<number> {
    for (let version = placed.version; ; version += 1) {
      try {
        await this.#options.storage.write(askerOf(owner), {
          ...{ bucket: this.#options.bucket(), key: objectKeyOf(placed, version) },
          ...{ sizeBytes: bytes.byteLength, contentType: 'application/json', keepsExisting: true },
          body: pieces(bytes),
        });
        return version;
      } catch (error) {
        const isTaken = error instanceof StrongroomError && error.code === 'ObjectExists';
        if (!isTaken || version >= placed.version + maximumSkipped) throw this.#explain(error);
      }
    }
  }

  /** @throws {StrongroomError} `AccessDenied`, `KeyUnavailable`, `ObjectNotFound` */
  async read(person: Person, share: Placed, version: number): Promise<GetObjectResult> {
    const place = this.#placeOf(share, version);
    try {
      return await this.#options.storage.read(askerOf(person), place);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async readWhole(person: Person, share: Placed, version: number): Promise<Uint8Array> {
    const { stream } = await this.read(person, share, version);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Whether what `read` answered would be answered still. */
  mayRead(person: Person, share: Placed, version: number): Promise<boolean> {
    return this.#options.storage.mayRead(askerOf(person), this.#placeOf(share, version));
  }

  /** Which key, in whatever words the store has it. */
  #explain(error: unknown): unknown {
    if (!(error instanceof StrongroomError) || error.code !== 'KeyUnavailable') return error;
    const key = this.#options.keyName();
    const message = `Cannot use the key "${key}" that seals shared notebooks: ${error.message}`;
    return new StrongroomError('KeyUnavailable', message, { values: { key }, cause: error });
  }

  #placeOf(share: Placed, version: number) {
    return { bucket: this.#options.bucket(), key: objectKeyOf(share, version) };
  }
}

function askerOf(person: Person): StorageAsker {
  return { acting: { kind: 'person', person }, from: 'console', via: sharingService };
}

/** One after the other to the store, which seals each while the event loop goes on. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const pieceBytes = 1024 * 1024;
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}
