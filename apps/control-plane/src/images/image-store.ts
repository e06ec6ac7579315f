import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../config/file-on-disk.ts';
import { SerialQueue } from '../serial-queue.ts';
import { ImageError } from './image-error.ts';
import { imageErrors } from './image-errors.ts';
import { type ImageRecord, nameOf, readImageRecord, rootFolderName } from './image-record.ts';
import type { ImageStoreOptions, UnpackOptions, WantedImage } from './image-store-options.ts';
import { debianImageTools, type ImageTools, runImageTool, ToolError } from './image-tools.ts';
import { digestOf } from './oci-manifest.ts';
import { unpackImage } from './unpack-image.ts';
import { measureTree } from './unpacked-tree.ts';

export interface StoredImage extends Omit<ImageRecord, 'treeHash'> {
  /** Absolute: the root file system. */
  readonly root: string;
}

/** Of folders in between; nothing that is kept begins so. */
const temporaryPrefix = '.';
const unpackingPrefix = '.unpacking-';

/**
 * OCI images, each unpacked once into a folder by its digest, read-only to every sandbox.
 *
 * INVARIANT: a folder under its final name is whole. All is made under another name, checked, brought
 * to the disk and renamed; what is found changed later is never handed out.
 */
export class ImageStore {
  readonly #options: ImageStoreOptions;
  readonly #tools: ImageTools;
  /** One at a time: each could fill the disk. */
  readonly #work = new SerialQueue();

  get folder(): string {
    return this.#options.folder;
  }

  private constructor(options: ImageStoreOptions) {
    this.#options = options;
    this.#tools = options.tools ?? debianImageTools;
  }

  /** Takes away what an interrupted unpacking left. */
  static async open(options: ImageStoreOptions): Promise<ImageStore> {
    const { folder } = options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      if (name.startsWith(temporaryPrefix)) await removeTree(join(folder, name));
    }
    return new ImageStore(options);
  }

  /**
   * The image, unpacked where it is not there yet.
   *
   * @throws {ImageError}
   */
  prepare(wanted: WantedImage, options: UnpackOptions): Promise<StoredImage> {
    return this.#work.run(async () => {
      const known = await this.#find(wanted, options);
      if (known !== undefined) return this.#verify(known, options);
      const record = await unpackImage(wanted, {
        ...this.#options,
        ...options,
        tools: this.#tools,
        temporaryPrefix: unpackingPrefix,
      });
      return this.#toStored(record);
    });
  }

  /** Unpacks anew what is damaged; does nothing where it is as it was. */
  async removeDamaged(wanted: WantedImage): Promise<void> {
    await this.#work.run(async () => {
      const known = await this.#find(wanted, { onStage: () => undefined });
      if (known === undefined) return;
      try {
        await this.#verify(known, { onStage: () => undefined });
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        await this.#remove(known.digest);
      }
    });
  }

  /** What was added before and nobody names any more; only while nothing runs on it. */
  async removeAllBut(named: () => ReadonlySet<string>, addedBefore: Date): Promise<void> {
    await this.#work.run(async () => {
      const digests = named();
      for (const { digest, addedAt } of await this.#records()) {
        if (!digests.has(digest) && new Date(addedAt) < addedBefore) await this.#remove(digest);
      }
    });
  }

  async remove(digest: string): Promise<void> {
    await this.#work.run(() => this.#remove(digest));
  }

  async #find(
    { reference, digest }: WantedImage,
    { signal, isFresh = false }: UnpackOptions,
  ): Promise<ImageRecord | undefined> {
    const records = await this.#records();
    if (digest !== undefined) {
      return records.find((each) => each.digest === digest || each.sourceDigest === digest);
    }
    const sameReference = records.filter((each) => each.reference === reference);
    // A registry is asked once: what it has later under that name comes when somebody asks for it.
    if (reference.startsWith('docker://') && !isFresh) return sameReference[0];
    const now = await this.#sourceDigest(reference, signal);
    if (now === undefined) return sameReference[0];
    return records.find((each) => each.sourceDigest === now || each.digest === now);
  }

  /** `undefined` where it cannot be known: the tools or the file are gone, and what is there stays good. */
  async #sourceDigest(reference: string, signal: AbortSignal | undefined) {
    try {
      const words = ['inspect', '--raw', reference];
      const { folder } = this.#options;
      return digestOf(
        await runImageTool(this.#tools.skopeo, words, { signal, temporaryFolder: folder }),
      );
    } catch (error) {
      if (error instanceof ToolError || error instanceof ImageError) return undefined;
      throw error;
    }
  }

  /** @throws {ImageError} `Damaged` */
  async #verify(record: ImageRecord, { onStage }: UnpackOptions): Promise<StoredImage> {
    onStage('checking');
    const stored = this.#toStored(record);
    const measured = await measureTree(stored.root).catch(() => undefined);
    if (measured?.hash !== record.treeHash) throw imageErrors.damaged();
    return stored;
  }

  /** The newest first. */
  async #records(): Promise<ImageRecord[]> {
    const names = await readdir(this.#options.folder);
    const read = await Promise.all(
      names
        .filter((name) => /^sha256-[0-9a-f]{64}$/.test(name))
        .map(async (name) => {
          const record = await readImageRecord(join(this.#options.folder, name));
          return record !== undefined && nameOf(record.digest) === name ? [record] : [];
        }),
    );
    return read.flat().sort((left, right) => right.addedAt.localeCompare(left.addedAt));
  }

  async #remove(digest: string): Promise<void> {
    await removeTree(join(this.#options.folder, nameOf(digest)));
    await syncFolder(this.#options.folder);
  }

  #toStored({ treeHash: _, ...record }: ImageRecord): StoredImage {
    return { ...record, root: join(this.#options.folder, nameOf(record.digest), rootFolderName) };
  }
}

function removeTree(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}
