import { randomBytes } from 'node:crypto';
import { access, constants, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostSetup } from '../host-setup.ts';
import type { VolumeDriver } from '../volumes/volume-driver.ts';
import { openGocryptfsDriver } from '../volumes/volume-gocryptfs.ts';
import { type VolumeTool, type VolumeTools, volumeToolPackages } from '../volumes/volume-tools.ts';
import { type ControlState, enforced, unenforced } from './controls.ts';

export interface HomesProbe {
  readonly setup: HostSetup;
  /** As root: a uid that nobody else uses. */
  readonly hostUid: number | undefined;
  /** An empty folder of ours. */
  readonly folder: string;
}

const encryptionTools = [
  'gocryptfs',
  'fusermount3',
  'umount',
  'cp',
  'chown',
  'du',
  'sync',
] as const;
const quotaTools = ['mkfs.ext4', 'e2fsck'] as const;
const canary = 'a sentence that must not be found on the disk';
const mebibyte = 1024 * 1024;
const quotaBytes = 16 * mebibyte;

/** Keeps a file in an encrypted home as studios do, and overfills one that has a quota. */
export async function probeHomes(probe: HomesProbe): Promise<ControlState[]> {
  const { setup, folder } = probe;
  const missing = missingTools(setup.volumeTools, encryptionTools);
  if (missing !== undefined) {
    return withoutEncryption(`Homes cannot be encrypted: ${missing.detail}`, missing.remedy);
  }
  const quiet = { info: () => undefined, warn: () => undefined };
  const mountFolder = join(folder, 'homes');
  let driver: VolumeDriver | undefined;
  try {
    driver = await openGocryptfsDriver({ setup, mountFolder, log: quiet });
    return await Promise.all([tryEncryption(probe, driver), tryQuota(probe, driver)]);
  } catch (error) {
    const detail = `Homes cannot be encrypted: ${(error as Error).message}`;
    return withoutEncryption(detail, await remedyForRefusedMount());
  } finally {
    await driver?.close();
  }
}

async function tryEncryption(
  { folder, hostUid }: HomesProbe,
  driver: VolumeDriver,
): Promise<ControlState> {
  const volume = { name: 'sealed', folder: join(folder, 'sealed'), hostUid, quotaBytes: undefined };
  const secret = randomBytes(32);
  await driver.create(volume, secret);
  const home = await driver.mount(volume, secret);
  const isReadBack = await writeAndRead(join(home.folder, 'canary'));
  await home.unmount();
  const isHidden = (await readdir(home.folder).catch(() => [])).length === 0;
  const isSealed = isHidden && !(await holdsCanary(volume.folder));
  if (isReadBack && isSealed) {
    return enforced(
      'home-encryption',
      'Names and contents of a home’s files are encrypted on the disk',
    );
  }
  const detail = isReadBack
    ? 'A file of an encrypted home could be read from the disk'
    : 'A file of an encrypted home could not be read back';
  return unenforced('home-encryption', detail, 'Do not keep homes here, and report it');
}

async function writeAndRead(file: string): Promise<boolean> {
  await writeFile(file, canary);
  return (await readFile(file, 'utf8')) === canary;
}

async function holdsCanary(folder: string): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.name.includes('canary')) return true;
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    if (bytes.includes(canary)) return true;
  }
  return false;
}

async function tryQuota(
  { setup, folder, hostUid }: HomesProbe,
  driver: VolumeDriver,
): Promise<ControlState> {
  if (setup.mode !== 'root') {
    const remedy = 'Start Strongroom as root, or leave out studios.homeQuotaGibibytes';
    return unenforced('home-quota', 'A home’s size cannot be limited: only root may', remedy);
  }
  const missing = missingTools(setup.volumeTools, quotaTools);
  if (missing !== undefined) {
    const detail = `A home’s size cannot be limited: ${missing.detail}`;
    return unenforced('home-quota', detail, missing.remedy);
  }
  try {
    const secret = randomBytes(32);
    const volume = { name: 'sized', folder: join(folder, 'sized'), hostUid, quotaBytes };
    await driver.create(volume, secret);
    const home = await driver.mount(volume, secret);
    const isStopped = await isStoppedAtQuota(join(home.folder, 'fill'));
    await home.unmount();
    if (isStopped) return enforced('home-quota', 'A home stops at its size, where it has one');
    const detail = 'A home grew beyond its size';
    return unenforced('home-quota', detail, 'Leave out studios.homeQuotaGibibytes, and report it');
  } catch (error) {
    const detail = `A home’s size cannot be limited: ${(error as Error).message}`;
    const remedy = 'Give this machine loop devices (modprobe loop; in a container: --device)';
    return unenforced('home-quota', detail, remedy);
  }
}

async function isStoppedAtQuota(file: string): Promise<boolean> {
  const handle = await open(file, 'w');
  try {
    const piece = Buffer.alloc(mebibyte, 1);
    for (let written = 0; written < 2 * quotaBytes; written += mebibyte) await handle.write(piece);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOSPC';
  } finally {
    await handle.close().catch(() => undefined);
  }
}

function missingTools(
  tools: VolumeTools,
  names: readonly VolumeTool[],
): { detail: string; remedy: string } | undefined {
  const missing = names.filter((name) => tools[name] === undefined);
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((name) => volumeToolPackages[name]))];
  return {
    detail: `${missing.join(', ')} not found`,
    remedy: `Install the Debian packages ${packages.join(', ')}`,
  };
}

function withoutEncryption(detail: string, remedy: string): ControlState[] {
  const quota = 'A home’s size cannot be limited where homes are plain folders';
  return [
    unenforced('home-encryption', detail, remedy),
    unenforced(
      'home-quota',
      quota,
      'Mend home-encryption, or leave out studios.homeQuotaGibibytes',
    ),
  ];
}

async function remedyForRefusedMount(): Promise<string> {
  const mayOpen = await access('/dev/fuse', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (mayOpen) return 'Allow this user to mount with FUSE';
  return 'Give this machine /dev/fuse, readable and writable by this user (modprobe fuse; in a container: --device /dev/fuse)';
}
