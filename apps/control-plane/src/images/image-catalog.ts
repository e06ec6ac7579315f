import type { DomainImage } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { Person } from '../identity/person.ts';
import type { Studios } from '../studios/studios.ts';
import { describeImage } from './describe-image.ts';
import { type ImageIcon, readImageIcon } from './image-icon.ts';
import type { ImageOffers } from './image-offers.ts';
import type { ImageStatus, Images } from './images.ts';

export interface ImageCatalogOptions {
  readonly images: Pick<Images, 'listSoon' | 'statusOf'>;
  readonly offers: Pick<ImageOffers, 'mayUse'>;
  readonly domain: () => Pick<Domain, 'defaults'>;
  readonly studios: Pick<Studios, 'runningApps'>;
}

/** Where pictures are on the console's origin. */
const consoleIconPrefix = '/api/images';

/** The images as the console and the operator see them. */
export class ImageCatalog {
  readonly #options: ImageCatalogOptions;

  constructor(options: ImageCatalogOptions) {
    this.#options = options;
  }

  /** Those that this person may use. */
  async usableBy(person: Person): Promise<DomainImage[]> {
    const statuses = await this.#options.images.listSoon();
    return statuses
      .filter(({ image }) => this.#options.offers.mayUse(person, image.imageName))
      .map((status) => ({ ...this.#describe(status, statuses.length), reference: null }));
  }

  /** All, with where they come from. */
  async all(): Promise<DomainImage[]> {
    const statuses = await this.#options.images.listSoon();
    return statuses.map((status) => this.#describe(status, statuses.length));
  }

  /** @throws {StrongroomError} `ImageNotFound` */
  async describe(imageName: string): Promise<DomainImage> {
    const { length } = await this.#options.images.listSoon();
    return this.#describe(this.#options.images.statusOf(imageName), length);
  }

  mayUse(person: Person, imageName: string): boolean {
    return this.#options.offers.mayUse(person, imageName);
  }

  /** @throws {StrongroomError} `ImageNotFound` */
  iconOf(imageName: string): Promise<ImageIcon> {
    return readImageIcon(this.#options.images.statusOf(imageName).image.iconFile);
  }

  #describe(status: ImageStatus, imageCount: number): DomainImage {
    const { image, stored } = status;
    const { rootFileSystem, imageName } = image;
    const { domain, studios } = this.#options;
    return {
      ...describeImage(status, {
        ...{ imageCount, iconPrefix: consoleIconPrefix },
        defaultImageName: domain().defaults.imageName,
      }),
      source: rootFileSystem.kind,
      reference: referenceOf(status),
      sizeBytes: stored?.sizeBytes ?? null,
      architecture: stored?.architecture ?? null,
      addedAt: stored?.addedAt ?? null,
      // A studio's own server runs on the host whatever its image is.
      runningAppCount: studios
        .runningApps()
        .filter((app) => app.imageName === imageName && app.appType === 'KernelGateway').length,
    };
  }
}

function referenceOf({ image: { rootFileSystem } }: ImageStatus): string | null {
  if (rootFileSystem.kind === 'host') return null;
  return rootFileSystem.kind === 'folder' ? rootFileSystem.folder : rootFileSystem.reference;
}
