import type { Domain } from '@strongroom/domain';
import type { OfferedImages } from '../offered-images.ts';

const hostKernel = { name: 'python3', displayName: 'Python 3', language: 'python' };

/** What the domain file says of images, where what is in them is not what a test is about. */
export function imagesOfDomainFile(domain: () => Domain): OfferedImages {
  return {
    async imagesFor() {
      const { images, defaults } = domain();
      return images.map((image) => ({
        ...{ imageName: image.imageName, displayName: image.displayName },
        ...{ description: image.description ?? null, version: image.version ?? null },
        ...{ digest: null, iconUrl: null, isDefault: image.imageName === defaults.imageName },
        ...{ state: 'ready' as const, reason: null, kernels: [hostKernel] },
      }));
    },
    iconFor: async () => ({ bytes: Buffer.from('<svg/>'), headers: {} }),
    hasNewer: () => false,
    defaultKernelName: () => hostKernel.name,
  };
}
