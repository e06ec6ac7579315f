import type { OfferedKernels, ProfileName } from '@strongroom/contracts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { StudioImages } from './kernel-request.ts';
import type { StudioRegistry } from './studio-registry.ts';

/** What studios take from the domain's images. */
export interface KernelImages extends StudioImages {
  offeredTo(person: Person): Promise<OfferedKernels>;
  /** Told whenever what is offered may have changed; answers what stops that. */
  onChange(listener: () => void): () => void;
}

/** Tells each studio which kernels there are, and again where that has changed since it asked. */
export class KernelOffers {
  readonly #images: KernelImages;
  readonly #people: Pick<People, 'find'>;
  readonly #told = new Map<ProfileName, string>();

  constructor(images: KernelImages, people: Pick<People, 'find'>) {
    this.#images = images;
    this.#people = people;
  }

  async describe(profileName: ProfileName): Promise<OfferedKernels> {
    const offered = await this.#offeredTo(profileName);
    this.#told.set(profileName, JSON.stringify(offered));
    return offered;
  }

  async announce(registry: Pick<StudioRegistry, 'find'>): Promise<void> {
    for (const profileName of [...this.#told.keys()]) {
      const run = registry.find(profileName)?.run;
      if (run === undefined) {
        this.#told.delete(profileName);
        continue;
      }
      const now = JSON.stringify(await this.#offeredTo(profileName));
      // As it is after the wait: another change may have been told meanwhile.
      if (now === this.#told.get(profileName)) continue;
      // Once: it asks again, and what it is told then is compared with what comes later.
      this.#told.set(profileName, now);
      run.send({ event: 'kernelsChanged' });
    }
  }

  async #offeredTo(profileName: ProfileName): Promise<OfferedKernels> {
    const person = await this.#people.find(profileName);
    return person === undefined
      ? { defaultName: null, kernels: [] }
      : this.#images.offeredTo(person);
  }
}
