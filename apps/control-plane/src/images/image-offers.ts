import { type Image, type OfferedKernels, StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { OfferedImages } from '../compute/offered-images.ts';
import type { Person } from '../identity/person.ts';
import type { Authorize } from '../policies/access-request.ts';
import type { KernelImages } from '../studios/kernel-offers.ts';
import { describeImage } from './describe-image.ts';
import { mayUseImage } from './image-access.ts';
import type { ImageGround } from './image-ground.ts';
import { type ImageIcon, readImageIcon } from './image-icon.ts';
import type { ImageStatus, Images } from './images.ts';
import { defaultKernelOf, offeredKernels } from './offered-kernels.ts';

export interface ImageOffersOptions {
  readonly images: Pick<Images, 'groundOf' | 'list' | 'listSoon' | 'onChange' | 'statusOf'>;
  readonly domain: () => Domain;
  readonly authorize: Authorize;
}

/** Where pictures are on a studio's origin. */
const studioIconPrefix = '/strongroom/api/images';

/** The images as studios need them: what each person may choose from, and what a kernel starts on. */
export class ImageOffers implements OfferedImages, KernelImages {
  readonly #options: ImageOffersOptions;

  constructor(options: ImageOffersOptions) {
    this.#options = options;
  }

  /** @throws {StrongroomError} `ImageNotFound`, `ImageUnavailable` */
  groundOf(imageName: string): ImageGround {
    return this.#options.images.groundOf(imageName);
  }

  /** Nothing for whoever is disabled. */
  async offeredTo(person: Person): Promise<OfferedKernels> {
    const statuses = await this.#options.images.listSoon();
    return offeredKernels(statuses, {
      defaultImageName: this.#defaultImageName,
      mayUse: (imageName) => this.mayUse(person, imageName),
    });
  }

  /** Also those that are not ready (yet), with the reason. */
  async imagesFor(person: Person): Promise<readonly Image[]> {
    const statuses = await this.#options.images.listSoon();
    return statuses
      .filter(({ image }) => this.mayUse(person, image.imageName))
      .map((status) => this.describe(status, statuses.length, studioIconPrefix));
  }

  /** @throws {StrongroomError} `ImageNotFound` */
  async iconFor(person: Person, imageName: string): Promise<ImageIcon> {
    const { image } = this.#options.images.statusOf(imageName);
    if (this.mayUse(person, imageName)) return readImageIcon(image.iconFile);
    throw new StrongroomError('ImageNotFound', `Cannot find the image "${imageName}"`);
  }

  describe(status: ImageStatus, imageCount: number, iconPrefix: string): Image {
    return describeImage(status, {
      ...{ imageCount, iconPrefix, defaultImageName: this.#defaultImageName },
    });
  }

  mayUse(person: Person, imageName: string): boolean {
    const { authorize, domain } = this.#options;
    return mayUseImage({ authorize, domain: domain() }, person, imageName);
  }

  hasNewer(imageName: string, digest: string | null): boolean {
    const status = this.#options.images.list().find(({ image }) => image.imageName === imageName);
    if (digest === null || status?.state !== 'ready' || status.stored === undefined) return false;
    return status.stored.digest !== digest;
  }

  /** The host's usual one while it is looked for: a person who signs in at once need not wait. */
  defaultKernelName(imageName: string): string | undefined {
    const status = this.#options.images.list().find(({ image }) => image.imageName === imageName);
    if (status === undefined) return undefined;
    return defaultKernelOf(status, this.#defaultImageName);
  }

  onChange(listener: () => void): () => void {
    return this.#options.images.onChange(listener);
  }

  get #defaultImageName(): string {
    return this.#options.domain().defaults.imageName;
  }
}
