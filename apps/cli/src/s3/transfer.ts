import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FolderOptions, FolderResult, FolderStep } from '@strongroom/s3-manager';
import type { S3Session } from './run-s3.ts';
import { type Location, readLocation, type S3Location, writeLocation } from './s3-location.ts';
import { UsageError } from './usage-error.ts';

export interface TransferOptions {
  readonly recursive?: boolean;
  readonly dryrun?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

export interface SyncOptions extends Omit<TransferOptions, 'recursive'> {
  readonly delete?: boolean;
  readonly checksum?: boolean;
}

interface Way {
  readonly from: Location;
  readonly to: Location;
}

/** `cp`: one object or file, or with `--recursive` all below, whether or not it is there already. */
export async function copy(
  session: S3Session,
  [from, to]: readonly [string, string],
  options: TransferOptions,
): Promise<number> {
  const way = readWay(from, to);
  if (options.recursive === true) {
    return await transferFolder(session, way, folderOptions(session, options, 'none'));
  }
  if ((options.include ?? []).length + (options.exclude ?? []).length > 0) {
    throw new UsageError('Cannot use --include or --exclude without --recursive');
  }
  return await copyOne(session, way, options);
}

/** `sync`: what differs of a folder. */
export async function sync(
  session: S3Session,
  [from, to]: readonly [string, string],
  options: SyncOptions,
): Promise<number> {
  const equality = options.checksum === true ? 'checksum' : 'size-and-time';
  const deleteExtraneous = options.delete === true;
  const chosen = { ...folderOptions(session, options, equality), deleteExtraneous };
  return await transferFolder(session, readWay(from, to), chosen);
}

function readWay(from: string, to: string): Way {
  const way = { from: readLocation(from), to: readLocation(to) };
  if (way.from.kind === 's3' || way.to.kind === 's3') return way;
  throw new UsageError(`Cannot copy "${from}" to "${to}": one of them must be s3://<bucket>/<key>`);
}

async function copyOne(session: S3Session, way: Way, options: TransferOptions): Promise<number> {
  const { s3, signal, print, progress } = session;
  const { from, to } = { from: way.from, to: await completeDestination(way) };
  if (from.kind === 's3' && from.key === '') {
    throw new UsageError(`Cannot copy "${writeLocation(from)}": name an object, or --recursive`);
  }
  const line = `${verb({ from, to })} ${writeLocation(from)} to ${writeLocation(to)}`;
  if (options.dryrun === true) {
    print(`(dry run) ${line}`);
    return 0;
  }
  const following = { signal, onProgress: progress.update.bind(progress) };
  if (from.kind === 'local') {
    const { bucket, key } = to as S3Location;
    await s3.uploadFile(from.path, bucket, key, following);
  } else if (to.kind === 'local') {
    await s3.downloadFile(from.bucket, from.key, to.path, following);
  } else {
    await s3.copyObject(from, to, { signal });
  }
  print(line);
  return 0;
}

/** A destination that is a folder gets the source's name in it. */
async function completeDestination({ from, to }: Way): Promise<Location> {
  const name = from.kind === 'local' ? basename(from.path) : (from.key.split('/').at(-1) ?? '');
  if (to.kind === 's3') {
    return to.key === '' || to.key.endsWith('/') ? { ...to, key: `${to.key}${name}` } : to;
  }
  const isFolder =
    to.path.endsWith('/') || (await stat(to.path).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder) return to;
  if (name === '' || name === '.' || name === '..') {
    throw new UsageError(`Cannot save "${writeLocation(from)}" in "${to.path}": name the file`);
  }
  return { kind: 'local', path: join(to.path, name) };
}

function folderOptions(
  { signal, print, progress }: S3Session,
  { dryrun, include, exclude }: TransferOptions,
  equality: FolderOptions['equality'],
): FolderOptions {
  const dryRun = dryrun === true;
  return {
    ...{ signal, include, exclude, dryRun, equality },
    onProgress: progress.update.bind(progress),
    onStep: ({ type, key }: FolderStep) => print(`${dryRun ? '(dry run) ' : ''}${type} ${key}`),
  };
}

async function transferFolder(
  session: S3Session,
  { from, to }: Way,
  options: FolderOptions,
): Promise<number> {
  const { s3, warn } = session;
  let result: FolderResult;
  if (from.kind === 'local') {
    const { bucket, key } = to as S3Location;
    result = await s3.uploadFolder(from.path, bucket, key, options);
  } else if (to.kind === 'local') {
    result = await s3.downloadFolder(from.bucket, from.key, to.path, options);
  } else {
    const destination = { bucket: to.bucket, prefix: to.key };
    result = await s3.copyFolder({ bucket: from.bucket, prefix: from.key }, destination, options);
  }
  for (const { key, reason } of result.ignored) warn(`left alone: ${key} (${reason})`);
  return 0;
}

function verb({ from, to }: Way): string {
  if (from.kind === 'local') return 'upload';
  return to.kind === 'local' ? 'download' : 'copy';
}
