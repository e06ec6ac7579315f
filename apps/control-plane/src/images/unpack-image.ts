import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from '../config/file-on-disk.ts';
import { ImageError } from './image-error.ts';
import { imageErrors } from './image-errors.ts';
import { type ImageRecord, nameOf, rootFolderName, writeImageRecord } from './image-record.ts';
import type { ImageStoreOptions, UnpackOptions, WantedImage } from './image-store-options.ts';
import { type ImageTools, runImageTool, ToolError } from './image-tools.ts';
import { architectureHere, compressedBytesOf, digestOf, readOciImage } from './oci-manifest.ts';
import { measureTree, settleTree } from './unpacked-tree.ts';

interface Unpacking extends ImageStoreOptions, UnpackOptions {
  readonly tools: ImageTools;
  readonly temporaryPrefix: string;
}

const mebibyte = 1024 ** 2;
/** Of compressed layers to what they become: they are on the disk together for a while. */
const growthFactor = 4;
const watchMilliseconds = 500;
const layoutTag = 'image';

/**
 * Copies an image and unpacks it into the store. Whatever goes wrong, nothing of it stays.
 *
 * @throws {ImageError}
 */
export async function unpackImage(wanted: WantedImage, options: Unpacking): Promise<ImageRecord> {
  const folder = await mkdtemp(join(options.folder, options.temporaryPrefix));
  try {
    const record = await unpackInto(folder, wanted, options);
    const final = join(options.folder, nameOf(record.digest));
    // What is there under that name had no record, or this would not have been asked for.
    await rm(final, { recursive: true, force: true });
    await rename(folder, final);
    await syncFolder(options.folder);
    return record;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function unpackInto(
  folder: string,
  wanted: WantedImage,
  options: Unpacking,
): Promise<ImageRecord> {
  const { onStage, tools } = options;
  const layout = join(folder, 'layout');
  onStage('copying');
  const sourceDigest = await copyImage(wanted, layout, folder, options);
  const image = await readOciImage(layout);
  if (wanted.digest !== undefined && ![image.digest, sourceDigest].includes(wanted.digest)) {
    throw imageErrors.digestMismatch(wanted.digest, sourceDigest);
  }
  onStage('unpacking');
  await requireSpace(image.compressedBytes * growthFactor, options);
  const root = join(folder, rootFolderName);
  // Rootless in any case: everything becomes ours, and device files become empty ones.
  const words = ['raw', 'unpack', '--rootless', '--image', `${layout}:${layoutTag}`, root];
  await whileSpaceLasts(options, (signal) =>
    runImageTool(tools.umoci, words, { signal, temporaryFolder: folder }),
  ).catch((error: unknown) => {
    throw error instanceof ToolError ? imageErrors.unpackable(error.message, error) : error;
  });
  await rm(layout, { recursive: true });
  onStage('checking');
  await settleTree(root);
  const { hash, sizeBytes } = await measureTree(root);
  const record: ImageRecord = {
    ...{ digest: image.digest, sourceDigest, reference: wanted.reference },
    ...{ architecture: image.architecture, environment: [...image.environment] },
    ...{ sizeBytes, treeHash: hash, addedAt: options.clock().toISOString() },
  };
  await writeImageRecord(folder, record);
  await chmod(folder, 0o700);
  await promisify(execFile)('sync', ['--file-system', folder]);
  return record;
}

/** @returns the digest that the source has for it */
async function copyImage(
  { reference, digest }: WantedImage,
  layout: string,
  folder: string,
  options: Unpacking,
): Promise<string> {
  const { tools } = options;
  const source = digest === undefined ? reference : pinned(reference, digest);
  try {
    const run = { signal: options.signal, temporaryFolder: folder };
    const manifest = await runImageTool(tools.skopeo, ['inspect', '--raw', source], run);
    const found = digestOf(manifest);
    const compressedBytes = compressedBytesOf(manifest);
    // Told before anything of another image is copied, where that can be told by now: it is one image
    // and no list of them, and copying leaves its manifest as it is.
    const isFinal = compressedBytes !== undefined && /^oci(?:-archive)?:/.test(reference);
    if (digest !== undefined && isFinal && found !== digest) {
      throw imageErrors.digestMismatch(digest, found);
    }
    await requireSpace((compressedBytes ?? 0) * (1 + growthFactor), options);
    const words = ['--override-os', 'linux', '--override-arch', architectureHere(), 'copy'];
    await whileSpaceLasts(options, (signal) =>
      runImageTool(tools.skopeo, [...words, source, `oci:${layout}:${layoutTag}`], {
        ...{ signal, temporaryFolder: folder },
      }),
    );
    return found;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const isOther = /no image found in .* for architecture|does not match/i.test(error.message);
    if (isOther) throw imageErrors.otherArchitecture('another', `linux/${architectureHere()}`);
    throw imageErrors.unreadable(error.message, error);
  }
}

/** A registry then gives that image or none; the tag says nothing any more. */
function pinned(reference: string, digest: string): string {
  if (!reference.startsWith('docker://')) return reference;
  return `${reference.replace(/@sha256:[0-9a-f]{64}$/, '').replace(/:[^:/]+$/, '')}@${digest}`;
}

async function requireSpace(neededBytes: number, options: Unpacking): Promise<void> {
  const usable = Math.max(0, (await options.freeBytes()) - options.freeSpaceFloorBytes);
  if (neededBytes <= usable) return;
  throw imageErrors.tooLarge(Math.ceil(neededBytes / mebibyte), Math.floor(usable / mebibyte));
}

/**
 * A layer may become a thousand times what it was compressed to: the work ends as soon as it would
 * take what others need.
 */
async function whileSpaceLasts<Result>(
  { freeBytes, freeSpaceFloorBytes, signal }: Unpacking,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const full = new AbortController();
  const watching = setInterval(() => {
    freeBytes()
      .then((free) => free < freeSpaceFloorBytes && full.abort(imageErrors.diskFilled()))
      .catch(() => undefined);
  }, watchMilliseconds);
  try {
    const either = signal === undefined ? full.signal : AbortSignal.any([signal, full.signal]);
    return await work(either);
  } catch (error) {
    if (full.signal.reason instanceof ImageError) throw full.signal.reason;
    throw error;
  } finally {
    clearInterval(watching);
  }
}
