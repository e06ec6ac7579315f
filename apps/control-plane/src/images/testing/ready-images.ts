import { StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { Authorize } from '../../policies/access-request.ts';
import type { Studios } from '../../studios/studios.ts';
import { ImageCatalog } from '../image-catalog.ts';
import { ImageOffers } from '../image-offers.ts';
import type { ImageStatus } from '../images.ts';

const kernel = {
  ...{ specName: 'python3', folder: '/usr/share/jupyter/kernels/python3', metadata: {} },
  ...{ argv: ['python3', '-f', '{connection_file}'], displayName: 'Python 3', language: 'python' },
  interruptMode: 'signal',
  environment: {},
} as const;

/** The images of a domain file as if each had been looked into and found good. */
export function readyImages(domain: () => Domain) {
  const list = (): ImageStatus[] =>
    domain().images.map((image) => ({
      ...{ image, state: 'ready', reason: null, kernels: [kernel], stored: undefined },
    }));
  const statusOf = (imageName: string) => {
    const found = list().find(({ image }) => image.imageName === imageName);
    if (found !== undefined) return found;
    throw new StrongroomError('ImageNotFound', `Cannot find the image "${imageName}"`);
  };
  return {
    ...{ list, listSoon: async () => list(), statusOf, onChange: () => () => undefined },
    groundOf(imageName: string) {
      statusOf(imageName);
      return { root: { kind: 'host' }, environment: {}, digest: null } as const;
    },
  };
}

/** What the console shows of them. */
export function catalogFor(options: {
  readonly domain: () => Domain;
  readonly authorize: Authorize;
  readonly studios: Pick<Studios, 'runningApps'>;
}): ImageCatalog {
  const { domain, authorize, studios } = options;
  const images = readyImages(domain);
  const offers = new ImageOffers({ images, domain, authorize });
  return new ImageCatalog({ images, offers, domain, studios });
}
