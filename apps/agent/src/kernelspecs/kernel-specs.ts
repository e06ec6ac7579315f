import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isKernelSpecName, type KernelSpec, parseKernelSpec } from './kernel-spec.ts';
import type { Offer, OfferedKernels } from './offered-kernels.ts';

const maximumSpecBytes = 256 * 1024;
/** Jupyter's name for the kernel that a new notebook gets. */
const preferredName = 'python3';
const preferredLanguage = 'python';

/** Where Jupyter looks on Linux ("Common directories and file locations"). */
const ownRootFolders: readonly string[] = [
  '/usr/local/share/jupyter/kernels',
  '/usr/share/jupyter/kernels',
];

/**
 * The kernel specs of the person's home and those of the images. The home's come first, as in Jupyter,
 * and start in the default image.
 */
export class KernelSpecs {
  readonly #homeFolder: string;
  readonly #imageName: string;
  readonly #offered: OfferedKernels;

  /** `imageName`: the domain's default. */
  constructor(options: { homeFolder: string; imageName: string; offered: OfferedKernels }) {
    this.#homeFolder = join(options.homeFolder, '.local', 'share', 'jupyter', 'kernels');
    this.#imageName = options.imageName;
    this.#offered = options.offered;
  }

  async list(): Promise<KernelSpec[]> {
    const offer = await this.#offered.read();
    const specs = new Map<string, KernelSpec>();
    for (const folder of offer === undefined ? this.#allFolders : [this.#homeFolder]) {
      for (const name of await namesIn(folder)) {
        if (specs.has(name) || !isKernelSpecName(name)) continue;
        const spec = await this.#load(join(folder, name), name);
        if (spec !== undefined) specs.set(name, spec);
      }
    }
    for (const [name, spec] of offer?.specs ?? []) if (!specs.has(name)) specs.set(name, spec);
    return [...specs.values()];
  }

  async find(name: string): Promise<KernelSpec | undefined> {
    if (!isKernelSpecName(name)) return undefined;
    const offer = await this.#offered.read();
    return (
      (await this.#loadFirst([this.#homeFolder], name)) ??
      offer?.specs.get(name) ??
      (this.#isDefaultOffered(offer) ? undefined : await this.#loadFirst(ownRootFolders, name))
    );
  }

  async defaultName(): Promise<string> {
    const offer = await this.#offered.read();
    if (offer?.defaultName !== undefined) return offer.defaultName;
    const specs = await this.list();
    const preferred =
      specs.find(({ name }) => name === preferredName) ??
      specs.find(({ language }) => language === preferredLanguage) ??
      specs[0];
    return preferred?.name ?? preferredName;
  }

  /**
   * Whether the spec's folder is one that the agent sees: another image's has its own root, and only
   * the default image's kernels of that name can be those that lie here.
   */
  hasFolderHere({ folder, imageName }: KernelSpec): boolean {
    return (
      imageName === this.#imageName &&
      this.#allFolders.some((parent) => folder.startsWith(`${parent}/`)) &&
      !folder.split('/').includes('..')
    );
  }

  get #allFolders(): readonly string[] {
    return [this.#homeFolder, ...ownRootFolders];
  }

  /**
   * The control plane is still looking for the default image's kernels where it offers none: they are
   * mostly this root's, and whether one may start is the control plane's word all the same.
   */
  #isDefaultOffered(offer: Offer | undefined): boolean {
    const specs = [...(offer?.specs.values() ?? [])];
    return specs.some(({ imageName }) => imageName === this.#imageName);
  }

  async #loadFirst(folders: readonly string[], name: string): Promise<KernelSpec | undefined> {
    for (const folder of folders) {
      const spec = await this.#load(join(folder, name), name);
      if (spec !== undefined) return spec;
    }
    return undefined;
  }

  async #load(folder: string, name: string): Promise<KernelSpec | undefined> {
    const text = await readText(join(folder, 'kernel.json'));
    if (text === undefined) return undefined;
    return parseKernelSpec(text, { name, folder, imageName: this.#imageName });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    return size > maximumSpecBytes ? undefined : await file.readFile('utf8');
  } catch {
    return undefined;
  }
}
