import { type Sentence, StrongroomError } from '@strongroom/contracts';
import type { Domain, DomainImage } from '@strongroom/domain';
import type { SandboxHost, SandboxMount, SandboxRoot } from '@strongroom/sandbox';
import type { ImageAudit } from '../audit/image-audit.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { findKernels } from './find-kernels.ts';
import { ImageError } from './image-error.ts';
import { imageErrors } from './image-errors.ts';
import { environmentOf, type ImageGround } from './image-ground.ts';
import { stageSentences } from './image-stages.ts';
import type { ImageStore, StoredImage } from './image-store.ts';
import type { FoundKernel } from './parse-kernel-spec.ts';

export interface ImagesOptions {
  readonly domain: () => Domain;
  readonly store: ImageStore;
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  /** Of the sandboxes that look into images; `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  /** Our own kernels for the host's programs. */
  readonly ownKernels?: SandboxMount | undefined;
  readonly audit: Pick<ImageAudit, 'added' | 'failed'>;
  readonly log: StudioLog;
}

/** One of the domain's images as it is now. */
export interface ImageStatus {
  readonly image: DomainImage;
  readonly state: 'ready' | 'preparing' | 'failed';
  readonly reason: Sentence | null;
  /** Only those that the domain file offers; empty until it is ready. */
  readonly kernels: readonly FoundKernel[];
  readonly stored: StoredImage | undefined;
}

interface Entry {
  readonly image: DomainImage;
  /** What it was prepared from. */
  readonly key: string;
  status: ImageStatus;
  ground: ImageGround | undefined;
  /** Settles when it is ready or has failed. */
  settled: Promise<void>;
}

/** Looking into what is there already takes a moment; a person who waits does so no longer. */
const quickMilliseconds = 5_000;

/**
 * The domain's images: prepared when they are named, looked into by sandboxes, and handed out only
 * where all of that went well.
 */
export class Images {
  readonly #options: ImagesOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  readonly #closed = new AbortController();
  /** The host's own kernels: several images may be parts of them. */
  #hostKernels: Promise<FoundKernel[]> | undefined;

  constructor(options: ImagesOptions) {
    this.#options = options;
  }

  /** Begins with what the domain file names and is not prepared yet; forgets what it no longer names. */
  follow(): void {
    const { images } = this.#options.domain();
    const names = new Set(images.map(({ imageName }) => imageName));
    for (const name of this.#entries.keys()) if (!names.has(name)) this.#entries.delete(name);
    for (const image of images) {
      const known = this.#entries.get(image.imageName);
      if (known?.key !== keyOf(image)) this.#begin(image);
    }
    this.#changed();
  }

  /**
   * Anew: what is newer under its name is taken, and what had failed is tried again. Meanwhile a ready
   * image stays what it was, and so do the kernels that run on it. Resolves when it is ready or has failed.
   */
  async prepareAgain(imageName: string): Promise<ImageStatus> {
    const known = this.#require(imageName);
    await known.settled;
    this.#hostKernels = undefined;
    if (known.status.state === 'ready') {
      known.settled = this.#prepare(known, true).catch((error: unknown) =>
        this.#fail(known, error),
      );
    } else {
      const { rootFileSystem } = known.image;
      if (rootFileSystem.kind === 'oci') await this.#options.store.removeDamaged(rootFileSystem);
      this.#begin(known.image);
    }
    const entry = this.#require(imageName);
    await entry.settled;
    return entry.status;
  }

  async allSettled(): Promise<void> {
    await Promise.all(this.#ordered().map(({ settled }) => settled));
  }

  list(): ImageStatus[] {
    return [...this.#ordered()].map(({ status }) => status);
  }

  /** The same, once what takes only a moment is done. */
  async listSoon(): Promise<ImageStatus[]> {
    const quick = this.#ordered().filter(({ image }) => image.rootFileSystem.kind !== 'oci');
    await Promise.race([
      Promise.all(quick.map(({ settled }) => settled)),
      new Promise((resolve) => setTimeout(resolve, quickMilliseconds).unref()),
    ]);
    return this.list();
  }

  /**
   * What a kernel of this image is started on.
   *
   * @throws {StrongroomError} `ImageNotFound`, `ImageUnavailable`
   */
  groundOf(imageName: string): ImageGround {
    const { ground, status } = this.#require(imageName);
    if (ground !== undefined) return ground;
    const { displayName } = status.image;
    throw new StrongroomError(
      'ImageUnavailable',
      `Cannot use the image "${displayName}": ${status.reason?.english ?? 'it is being prepared'}`,
      { remedy: 'Choose another image, or try again later', values: { imageName } },
    );
  }

  /** Told whenever what is offered may have changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where a person asks for one now. @throws {StrongroomError} `ImageNotFound` */
  statusOf(imageName: string): ImageStatus {
    return this.#require(imageName).status;
  }

  async close(): Promise<void> {
    this.#closed.abort(new Error('The control plane stops'));
    await this.allSettled();
  }

  #begin(image: DomainImage): void {
    const entry: Entry = {
      ...{ image, key: keyOf(image) },
      status: {
        ...{ image, state: 'preparing', reason: stageSentences.waiting },
        ...{ kernels: [], stored: undefined },
      },
      // The host's own programs are there whatever is found among them.
      ground: image.rootFileSystem.kind === 'host' ? hostGround : undefined,
      settled: Promise.resolve(),
    };
    this.#entries.set(image.imageName, entry);
    entry.settled = this.#prepare(entry).catch((error: unknown) => this.#fail(entry, error));
  }

  async #prepare(entry: Entry, isFresh = false): Promise<void> {
    const { image } = entry;
    const { stored, isNew } = await this.#unpack(entry, isFresh);
    // Kept also where it then cannot be used: it need not be unpacked again.
    if (stored !== undefined) entry.status = { ...entry.status, stored };
    const root = rootOf(image, stored);
    const { imageName } = image;
    const found = await this.#findKernels(imageName, root);
    const kernels = found.filter(({ specName }) => image.kernels?.includes(specName) ?? true);
    if (kernels.length === 0) throw imageErrors.noKernels(image.kernels);
    const digest = stored?.digest ?? null;
    if (isNew) await this.#options.audit.added({ imageName, digest });
    const environment = environmentOf(stored?.environment ?? []);
    entry.ground =
      image.rootFileSystem.kind === 'host' ? hostGround : { root, environment, digest };
    entry.status = { image, state: 'ready', reason: null, kernels, stored };
    this.#changed();
  }

  #findKernels(imageName: string, root: SandboxRoot): Promise<FoundKernel[]> {
    const { sandboxHost, hostUid, ownKernels } = this.#options;
    const find = () => findKernels({ imageName, root, sandboxHost, hostUid, ownKernels });
    if (root.kind !== 'host') return find();
    this.#hostKernels ??= find();
    return this.#hostKernels;
  }

  async #unpack(entry: Entry, isFresh: boolean): Promise<{ stored?: StoredImage; isNew: boolean }> {
    const { image } = entry;
    const { rootFileSystem } = image;
    let isNew = false;
    if (rootFileSystem.kind !== 'oci') return { isNew };
    const stored = await this.#options.store.prepare(rootFileSystem, {
      ...{ signal: this.#closed.signal, isFresh },
      onStage: (stage) => {
        isNew ||= stage === 'unpacking';
        if (entry.status.state !== 'preparing') return;
        entry.status = { ...entry.status, reason: stageSentences[stage] };
        this.#changed();
      },
    });
    return { stored, isNew };
  }

  async #fail(entry: Entry, error: unknown): Promise<void> {
    if (this.#closed.signal.aborted) return;
    const failure = toImageError(error);
    const { imageName } = entry.image;
    const isOurs = error instanceof ImageError;
    this.#options.log[isOurs ? 'warn' : 'error'](
      { imageName, code: failure.code, err: error },
      'Cannot use an image',
    );
    if (entry.status.state === 'ready' && isOnlyUnreachable(failure)) {
      // What is there was good a moment ago, and the newer one may come another time.
      entry.status = { ...entry.status, reason: failure.sentence };
      return;
    }
    if (entry.image.rootFileSystem.kind !== 'host') entry.ground = undefined;
    entry.status = { ...entry.status, state: 'failed', reason: failure.sentence, kernels: [] };
    await this.#options.audit.failed({ imageName, code: failure.code }).catch(() => undefined);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #require(imageName: string): Entry {
    const entry = this.#entries.get(imageName);
    if (entry !== undefined) return entry;
    throw new StrongroomError('ImageNotFound', `Cannot find the image "${imageName}"`, {
      remedy: 'Choose one of the images of this domain',
      values: { imageName },
    });
  }

  /** As the domain file lists them. */
  #ordered(): Entry[] {
    return this.#options
      .domain()
      .images.flatMap(({ imageName }) => this.#entries.get(imageName) ?? []);
  }
}

const hostGround: ImageGround = { root: { kind: 'host' }, environment: {}, digest: null };

/** Whatever of it changes, it is looked into anew; its words for people are not. */
function keyOf({ rootFileSystem, kernels }: DomainImage): string {
  return JSON.stringify([rootFileSystem, kernels ?? null]);
}

function rootOf({ rootFileSystem }: DomainImage, stored: StoredImage | undefined): SandboxRoot {
  if (stored !== undefined) return { kind: 'folder', folder: stored.root };
  return rootFileSystem.kind === 'folder'
    ? { kind: 'folder', folder: rootFileSystem.folder }
    : { kind: 'host' };
}

/** It says something about another image than the one that is there. */
function isOnlyUnreachable({ code }: ImageError): boolean {
  return code !== 'Damaged' && code !== 'RootUnusable' && code !== 'NoKernels';
}

function toImageError(error: unknown): ImageError {
  if (error instanceof ImageError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return imageErrors.rootUnusable(detail, error);
}
