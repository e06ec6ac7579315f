import type { OfferedKernels } from '@strongroom/contracts';
import type { Domain } from '../config/domain.ts';
import type { Person } from '../identity/person.ts';
import type { Authorize } from '../policies/access-request.ts';
import { mayUseImage } from './image-access.ts';
import type { ImageGround } from './image-ground.ts';
import type { Images } from './images.ts';
import { offeredKernels } from './offered-kernels.ts';

export interface ImageOffersOptions {
  readonly images: Pick<Images, 'groundOf' | 'listSoon' | 'onChange'>;
  readonly domain: () => Domain;
  readonly authorize: Authorize;
}

/** The images as studios need them: what each person may choose from, and what a kernel starts on. */
export class ImageOffers {
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
    const domain = this.#options.domain();
    const { authorize } = this.#options;
    return offeredKernels(statuses, {
      defaultImageName: domain.defaults.imageName,
      mayUse: (imageName) => mayUseImage({ authorize, domain }, person, imageName),
    });
  }

  onChange(listener: () => void): () => void {
    return this.#options.images.onChange(listener);
  }
}
