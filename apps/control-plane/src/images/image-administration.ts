import type { AddImageRequest, DomainImage, ImageCheck } from '@strongroom/contracts';
import type { Actor } from '../audit/audit-writer.ts';
import type { ImageAudit } from '../audit/image-audit.ts';
import type { DomainFile } from '../config/domain-file.ts';
import { requireNewImage, requireRemovableImage } from '../config/image-names.ts';
import type { Studios } from '../studios/studios.ts';
import type { ImageCatalog } from './image-catalog.ts';
import type { ImageGround } from './image-ground.ts';
import type { ImageStore } from './image-store.ts';
import type { Images } from './images.ts';
import type { KernelCheckResult } from './kernel-check.ts';
import type { FoundKernel } from './parse-kernel-spec.ts';

export interface ImageAdministrationOptions {
  readonly domainFile: Pick<DomainFile, 'addImage' | 'domain' | 'removeImage'>;
  readonly images: Images;
  readonly catalog: ImageCatalog;
  readonly store: Pick<ImageStore, 'remove'>;
  readonly studios: Pick<Studios, 'review'>;
  readonly audit: Pick<ImageAudit, 'added' | 'removed'>;
  /** Lets a kernel run a cell, in sandboxes of its own. */
  checkKernel(kernel: FoundKernel, image: ImageGround): Promise<KernelCheckResult>;
}

/** What the operator does with images: the domain file is changed, and all follows it. */
export class ImageAdministration {
  readonly #options: ImageAdministrationOptions;

  constructor(options: ImageAdministrationOptions) {
    this.#options = options;
  }

  list(): Promise<DomainImage[]> {
    return this.#options.catalog.all();
  }

  /** Named at once and prepared in the background. @throws {StrongroomError} `ImageExists`, … */
  async add(request: AddImageRequest, actor: Actor): Promise<DomainImage> {
    const { domainFile, images, catalog, audit } = this.#options;
    const { imageName, rootFileSystem } = request;
    // Again on the file itself: what is refused here is not recorded as done.
    requireNewImage(domainFile.domain, imageName);
    const pinned =
      typeof rootFileSystem === 'object' && 'oci' in rootFileSystem
        ? (rootFileSystem.digest ?? null)
        : null;
    await audit.added({ imageName, digest: pinned }, actor);
    await domainFile.addImage(request);
    images.follow();
    return catalog.describe(imageName);
  }

  /** Its kernels end. @throws {StrongroomError} `ImageNotFound`, `ImageInUse`, … */
  async remove(imageName: string, actor: Actor): Promise<void> {
    const { domainFile, images, store, studios, audit } = this.#options;
    requireRemovableImage(domainFile.domain, imageName);
    const { stored } = images.statusOf(imageName);
    await audit.removed(actor, imageName);
    await domainFile.removeImage(imageName);
    images.follow();
    // No policy allows what runs on it any more.
    await studios.review();
    if (stored === undefined) return;
    await images.allSettled();
    const isShared = images.list().some((each) => each.stored?.digest === stored.digest);
    if (!isShared) await store.remove(stored.digest);
  }

  /**
   * Looks into the image again, takes what is new or mended of it, and tries each of its kernels.
   *
   * @throws {StrongroomError} `ImageNotFound`
   */
  async check(imageName: string): Promise<ImageCheck> {
    const { images, catalog, checkKernel } = this.#options;
    const { state, kernels } = await images.prepareAgain(imageName);
    const image = await catalog.describe(imageName);
    const results: ImageCheck['kernels'] = [];
    if (state !== 'ready') return { image, kernels: results };
    const ground = images.groundOf(imageName);
    for (const [index, kernel] of kernels.entries()) {
      const startedAt = performance.now();
      const result = await checkKernel(kernel, ground);
      const { name = kernel.specName, displayName = kernel.displayName } =
        image.kernels[index] ?? {};
      const milliseconds = Math.round(performance.now() - startedAt);
      results.push({ name, displayName, ...result, milliseconds });
    }
    return { image, kernels: results };
  }
}
