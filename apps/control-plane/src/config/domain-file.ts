import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type AddImageRequest, StrongroomError } from '@strongroom/contracts';
import type { Domain, DomainPerson } from '@strongroom/domain';
import {
  cannotUse,
  DomainFileError,
  defaultDomainFile,
  type ReadDomain,
  readDomain,
} from '@strongroom/domain';
import { SerialQueue } from '../serial-queue.ts';
import { StartError } from '../start-error.ts';
import { addImageToText, removeImageFromText } from './edit-images.ts';
import { addPersonToText, removePersonFromText } from './edit-people.ts';
import { createFile, readText, replaceFile } from './file-on-disk.ts';
import { requireNewImage, requireRemovableImage } from './image-names.ts';
import { requireReadableFiles } from './require-readable-files.ts';

/** `strongroom.yaml` on disk: the source of truth for who exists. */
export class DomainFile {
  readonly path: string;
  /** True where this start wrote it. */
  readonly wasCreated: boolean;
  /** Of the text as this process read it. */
  readonly sha256: string;
  #read: ReadDomain;
  #beforeChange: (sha256: string) => Promise<void> = async () => undefined;
  readonly #edits = new SerialQueue();

  private constructor(path: string, text: string, wasCreated: boolean) {
    this.path = path;
    this.sha256 = hashOf(text);
    this.#read = readHere(text, path);
    this.wasCreated = wasCreated;
  }

  /**
   * Reads the file, or writes a first one where there is none.
   *
   * @throws {DomainFileError}
   * @throws {StartError} `DomainFileUnusable`
   */
  static async open(path: string): Promise<DomainFile> {
    const existing = await readOrCreate(path);
    const text = existing ?? defaultDomainFile;
    return new DomainFile(path, text, existing === undefined);
  }

  /** Its people, teams and images follow the file's edits; all else is as it was at the start. */
  get domain(): Domain {
    return this.#read.domain;
  }

  /** Asked before each edit is written; where it rejects, nothing changes. */
  set beforeChange(record: (sha256: string) => Promise<void>) {
    this.#beforeChange = record;
  }

  /** @throws {StrongroomError} `ProfileExists`, `DomainFileNotWritable` */
  addPerson(person: DomainPerson): Promise<void> {
    return this.#edit((text, domain) => {
      if (domain.people.some(({ profileName }) => profileName === person.profileName)) {
        throw new StrongroomError(
          'ProfileExists',
          `Cannot add "${person.profileName}": a profile of that name exists`,
          { values: { profileName: person.profileName } },
        );
      }
      return addPersonToText(text, person);
    });
  }

  /** @throws {StrongroomError} `DomainFileNotWritable` */
  removePerson(profileName: string): Promise<void> {
    return this.#edit((text) => removePersonFromText(text, profileName));
  }

  /** @throws {StrongroomError} `ImageExists`, `DomainFileNotWritable` */
  addImage(image: AddImageRequest): Promise<void> {
    return this.#edit((text, domain) => {
      requireNewImage(domain, image.imageName);
      return addImageToText(text, image);
    });
  }

  /** @throws {StrongroomError} `ImageNotFound`, `ImageInUse`, `DomainFileNotWritable` */
  removeImage(imageName: string): Promise<void> {
    return this.#edit((text, domain) => {
      requireRemovableImage(domain, imageName);
      return removeImageFromText(text, imageName);
    });
  }

  /** An error that points at a name under `acceptUnenforced`. */
  refuseAcceptedControl(name: string, mend: string): DomainFileError {
    const { domain, parsed } = this.#read;
    const path = ['acceptUnenforced', domain.acceptUnenforced.indexOf(name)];
    const why = 'no control has that name';
    return parsed.refuse([cannotUse({ path, value: name, mend, why })]);
  }

  /** Each on what the file says now: somebody may have edited it by hand. */
  #edit(change: (text: string, domain: Domain) => string): Promise<void> {
    return this.#edits.run(async () => {
      const text = (await readText(this.path)) ?? '';
      const changed = change(text, this.#readAnew(text).domain);
      const read = this.#readAnew(changed);
      await this.#beforeChange(hashOf(changed));
      await this.#write(changed);
      const { people, teams, images } = read.domain;
      this.#read = { ...this.#read, domain: { ...this.#read.domain, people, teams, images } };
    });
  }

  #readAnew(text: string): ReadDomain {
    try {
      return readHere(text, this.path);
    } catch (error) {
      if (error instanceof DomainFileError) throw this.#notWritable(error.message, error);
      throw error;
    }
  }

  async #write(text: string): Promise<void> {
    try {
      await replaceFile(this.path, text);
    } catch (error) {
      throw this.#notWritable((error as Error).message, error);
    }
  }

  #notWritable(why: string, cause: unknown): StrongroomError {
    return new StrongroomError(
      'DomainFileNotWritable',
      `Cannot change the domain file "${basename(this.path)}": ${why}`,
      {
        remedy: 'Make the file valid and writable for Strongroom, or edit it by hand and restart.',
        values: { fileName: basename(this.path) },
        cause,
      },
    );
  }
}

function readHere(text: string, path: string): ReadDomain {
  return requireReadableFiles(readDomain(text, path, basename(path)));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What is in the file; `undefined` where there was none and the first one was written. */
async function readOrCreate(path: string): Promise<string | undefined> {
  try {
    const existing = await readText(path);
    if (existing === undefined) await createFile(path, defaultDomainFile);
    return existing;
  } catch (error) {
    const message = `Cannot use the domain file "${path}": ${(error as Error).message}`;
    throw new StartError('DomainFileUnusable', message, { cause: error });
  }
}
