import type { Image } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { ImageIcon } from '../images/image-icon.ts';

/** The images of a domain as a person may use them. */
export interface OfferedImages {
  /** What policy keeps from this person is not in it. */
  imagesFor(person: Person): Promise<readonly Image[]>;
  /** The picture of one of them. @throws {StrongroomError} `ImageNotFound` */
  iconFor(person: Person, imageName: string): Promise<ImageIcon>;
  /** Whether a new app would be started on another digest; never for what has none. */
  hasNewer(imageName: string, digest: string | null): boolean;
  /** The kernel that stands for an image where none is named; `undefined`: it has none (yet). */
  defaultKernelName(imageName: string): string | undefined;
}
