import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isKernelSpecName, type KernelSpec, parseKernelSpec } from './kernel-spec.ts';

const maximumSpecBytes = 256 * 1024;
/** Jupyter's name for the kernel that a new notebook gets. */
const preferredName = 'python3';
const preferredLanguage = 'python';

/** The kernel specs of the image and of the person's home; the home's come first, as in Jupyter. */
export class KernelSpecs {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Where Jupyter looks on Linux ("Common directories and file locations"). */
  static inHome(homeFolder: string): KernelSpecs {
    return new KernelSpecs([
      join(homeFolder, '.local', 'share', 'jupyter', 'kernels'),
      '/usr/local/share/jupyter/kernels',
      '/usr/share/jupyter/kernels',
    ]);
  }

  async list(): Promise<KernelSpec[]> {
    const specs = new Map<string, KernelSpec>();
    for (const folder of this.#folders) {
      for (const name of await namesIn(folder)) {
        if (specs.has(name) || !isKernelSpecName(name)) continue;
        const spec = await load(join(folder, name), name);
        if (spec !== undefined) specs.set(name, spec);
      }
    }
    return [...specs.values()];
  }

  async find(name: string): Promise<KernelSpec | undefined> {
    if (!isKernelSpecName(name)) return undefined;
    for (const folder of this.#folders) {
      const spec = await load(join(folder, name), name);
      if (spec !== undefined) return spec;
    }
    return undefined;
  }

  async defaultName(): Promise<string> {
    const specs = await this.list();
    const preferred =
      specs.find(({ name }) => name === preferredName) ??
      specs.find(({ language }) => language === preferredLanguage) ??
      specs[0];
    return preferred?.name ?? preferredName;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

async function load(folder: string, name: string): Promise<KernelSpec | undefined> {
  const text = await readText(join(folder, 'kernel.json'));
  return text === undefined ? undefined : parseKernelSpec(text, { name, folder });
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
