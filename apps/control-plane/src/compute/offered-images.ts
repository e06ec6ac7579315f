import type { Image } from '@strongroom/contracts';
import type { Domain } from '../config/domain.ts';
import type { Person } from '../identity/person.ts';
import type { ImageIcon } from '../images/image-icon.ts';

/** The images of a domain as a person may use them. */
export interface OfferedImages {
  /** What policy keeps from this person is not in it. */
  imagesFor(person: Person): Promise<readonly Image[]>;
  /** The picture of one of them. @throws {StrongroomError} `ImageNotFound` */
  iconFor(person: Person, imageName: string): Promise<ImageIcon>;
  /** Whether an app that was started at this time runs an older digest than a new one would. */
  hasNewer(imageName: string, startedAt: Date): boolean;
  /** The kernel that stands for an image where none is named; `undefined`: it has none (yet). */
  defaultKernelName(imageName: string): string | undefined;
}

const hostKernel = { name: 'python3', displayName: 'Python 3', language: 'python' };

/** What the domain file says of them, where nothing is known of what is in them. */
export function imagesOfDomainFile(domain: () => Domain): OfferedImages {
  return {
    async imagesFor() {
      const { images, defaults } = domain();
      return images
        .filter(({ rootFileSystem }) => rootFileSystem.kind === 'host')
        .map((image) => ({
          ...{ imageName: image.imageName, displayName: image.displayName },
          ...{ description: image.description ?? null, version: image.version ?? null },
          ...{ digest: null, iconUrl: null, isDefault: image.imageName === defaults.imageName },
          ...{ state: 'ready' as const, reason: null, kernels: [hostKernel] },
        }));
    },
    iconFor: async () => ({ bytes: Buffer.from('<svg/>'), headers: {} }),
    hasNewer: () => false,
    defaultKernelName: (imageName) =>
      imageName === domain().defaults.imageName ? hostKernel.name : undefined,
  };
}
