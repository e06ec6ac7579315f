import { chown, lstat, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostSetup } from '../host-setup.ts';
import type { SandboxLog } from '../sandbox-host.ts';
import { changeOwner } from './change-owner.ts';
import { copyFolder, syncFolder } from './copy-folder.ts';
import { makeImage, mountImage } from './ext4-image.ts';
import type { MountGround } from './mount-ground.ts';
import { requireTool, runTool } from './run-tool.ts';
import type { Volume } from './volume-driver.ts';
import { VolumeError } from './volume-error.ts';

/** The sealed files of one volume, within reach. */
export interface OpenStore {
  readonly cipherFolder: string;
  close(): Promise<void>;
}

export interface CipherStoresOptions {
  readonly setup: HostSetup;
  readonly ground: MountGround;
  readonly log: SandboxLog;
}

const folderName = 'cipher';
const imageName = 'volume.img';
const partialSuffix = '.partial';
const mebibyte = 1024 * 1024;

/**
 * Where the sealed files of a volume lie: in a folder, or, where the volume has a quota, in an image
 * of that size. INVARIANT: where there is an image it holds the files, and a folder beside it is the
 * rest of a change that was cut short.
 */
export class CipherStores {
  readonly #options: CipherStoresOptions;

  constructor(options: CipherStoresOptions) {
    this.#options = options;
  }

  /** `contents`: a folder that has to fit, whatever the quota is. */
  async create(volume: Volume, contents?: string): Promise<OpenStore> {
    const { quotaBytes } = volume;
    if (contents === undefined || quotaBytes === undefined) return this.#make(volume, '');
    // Each folder has a file of gocryptfs's own, which takes a block.
    const neededBytes = 2 * (await this.#neededBytes(contents)) + 64 * mebibyte;
    return this.#make({ ...volume, quotaBytes: Math.max(quotaBytes, neededBytes) }, '');
  }

  /** In the form and size that the volume's quota asks for, where it is not read-only. */
  async open(volume: Volume, { isReadOnly }: { isReadOnly: boolean }): Promise<OpenStore> {
    if (!isReadOnly) await this.#settle(volume);
    const store = await this.#reach(volume);
    const { volumeTools } = this.#options.setup;
    if (!isReadOnly) await changeOwner(volumeTools, store.cipherFolder, volume.hostUid);
    return store;
  }

  async #reach(volume: Volume): Promise<OpenStore> {
    const image = join(volume.folder, imageName);
    if (await exists(image)) return this.#mount(volume.name, image);
    const cipherFolder = join(volume.folder, folderName);
    if (await exists(cipherFolder)) return { cipherFolder, close: async () => undefined };
    throw new VolumeError('VolumeDamaged', `Cannot open "${volume.folder}": its files are missing`);
  }

  async #settle(volume: Volume): Promise<void> {
    const image = join(volume.folder, imageName);
    const imageBytes = await sizeOf(image);
    if (imageBytes !== undefined) await remove(join(volume.folder, folderName));
    if (imageBytes === volume.quotaBytes) return;
    const wantedBytes = await this.#wantedBytes(volume, imageBytes);
    if (wantedBytes !== imageBytes) await this.#rebuild({ ...volume, quotaBytes: wantedBytes });
  }

  /** The quota, or, where the home holds more than that already, what it needs as it is. */
  async #wantedBytes(volume: Volume, imageBytes: number | undefined): Promise<number | undefined> {
    const { name, quotaBytes } = volume;
    if (quotaBytes === undefined || (imageBytes !== undefined && imageBytes < quotaBytes)) {
      return quotaBytes;
    }
    const store = await this.#reach(volume);
    try {
      const neededBytes = await this.#neededBytes(store.cipherFolder);
      if (neededBytes <= quotaBytes) return quotaBytes;
      const message = 'A home holds more than its quota, and stops at what it holds';
      this.#options.log.warn({ volume: name, quotaBytes, neededBytes }, message);
      return imageBytes ?? neededBytes;
    } finally {
      await store.close();
    }
  }

  /** With what an ext4 keeps for itself, generously. */
  async #neededBytes(cipherFolder: string): Promise<number> {
    const program = requireTool(this.#options.setup.volumeTools, 'du');
    const printed = await runTool(program, ['--summarize', '--block-size=1', '--', cipherFolder]);
    const usedBytes = Number.parseInt(printed, 10);
    return Math.ceil((usedBytes * 1.05 + 8 * mebibyte) / mebibyte) * mebibyte;
  }

  /** Copies everything into a new store of the wanted form; the old one stays until that is on the disk. */
  async #rebuild(volume: Volume): Promise<void> {
    const { volumeTools } = this.#options.setup;
    const [image, folder] = [imageName, folderName].map((name) => join(volume.folder, name));
    if (image === undefined || folder === undefined) return;
    await remove(`${image}${partialSuffix}`);
    await remove(`${folder}${partialSuffix}`);
    const old = await this.#reach(volume);
    try {
      const made = await this.#make(volume, partialSuffix);
      try {
        await copyFolder(volumeTools, old.cipherFolder, made.cipherFolder);
      } finally {
        await made.close();
      }
    } catch (error) {
      await remove(`${image}${partialSuffix}`);
      throw error;
    } finally {
      await old.close();
    }
    if (volume.quotaBytes !== undefined) {
      await rename(`${image}${partialSuffix}`, image);
      await syncFolder(volumeTools, volume.folder);
      await remove(folder);
      return;
    }
    await rename(`${folder}${partialSuffix}`, folder);
    await syncFolder(volumeTools, volume.folder);
    await remove(image);
    await syncFolder(volumeTools, volume.folder);
  }

  async #make(volume: Volume, suffix: string): Promise<OpenStore> {
    if (volume.quotaBytes === undefined) {
      const cipherFolder = join(volume.folder, `${folderName}${suffix}`);
      await this.#makeCipherFolder(cipherFolder, volume.hostUid);
      return { cipherFolder, close: async () => undefined };
    }
    const file = join(volume.folder, `${imageName}${suffix}`);
    await makeImage(this.#options.setup, file, volume.quotaBytes);
    const name = `${volume.name}${suffix}`;
    const store = await this.#mount(name, file);
    await this.#makeCipherFolder(store.cipherFolder, volume.hostUid);
    return store;
  }

  async #makeCipherFolder(folder: string, hostUid: number | undefined): Promise<void> {
    await mkdir(folder, { mode: 0o700 });
    if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
  }

  async #mount(name: string, file: string): Promise<OpenStore> {
    const { setup, ground } = this.#options;
    if (setup.mode !== 'root') {
      throw new VolumeError('VolumeUnavailable', 'Cannot mount an image: only root may');
    }
    // No volume's name holds a dot.
    const point = await ground.makePoint(`store.${name}`);
    await mountImage(setup, { file, point });
    return { cipherFolder: join(point, folderName), close: () => ground.unmount(point) };
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** `undefined` where there is none. */
async function sizeOf(path: string): Promise<number | undefined> {
  return (await exists(path)) ? (await stat(path)).size : undefined;
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}
