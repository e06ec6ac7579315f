import { lstat, mkdir, realpath, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { folderWithin } from '../files/folder-within.ts';
import { type LocalFile, walkFolder } from '../files/walk-folder.ts';
import { folderPrefix } from '../keys/folder-prefix.ts';
import { compileKeyFilter } from '../keys/key-filter.ts';
import { refuseFilesThatAreFolders, relativeFilePath } from '../keys/relative-file-path.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { ListedObject } from '../listing/list-pages.ts';
import { listRelative } from '../listing/list-relative.ts';
import type { S3Access } from '../s3-access.ts';
import { downloadFile } from './download-file.ts';
import { hasEqualContent } from './equal-content.ts';
import type { FolderOptions, FolderResult } from './folder-options.ts';
import { type FolderPlan, runFolder } from './run-folder.ts';

interface RemoteFile {
  readonly key: string;
  readonly sizeBytes: number;
  readonly object: ListedObject;
  /** Below the folder, with the system's separators. */
  readonly path: string;
}

export async function downloadFolder(
  access: S3Access,
  way: { readonly bucket: string; readonly prefix: string; readonly folder: string },
  options: FolderOptions,
): Promise<FolderResult> {
  const { folder, bucket } = way;
  const prefix = folderPrefix(way.prefix);
  const action = `download ${s3Address(bucket, prefix)} to "${folder}"`;
  requireNames(action, { folder, bucket });
  const { equality = 'size-and-time', signal } = options;
  try {
    const filter = compileKeyFilter(options);
    const listed = await listRelative(access, { bucket, prefix, filter }, { signal });
    const remote = readKeys(listed);
    if (options.dryRun !== true) await mkdir(folder, { recursive: true });
    const local = await walkIfThere(folder, options);
    const wanted = new Set(remote.map(({ key }) => key));
    const plan: FolderPlan<RemoteFile> = {
      type: 'download',
      candidates: remote,
      ignored: local.ignored,
      isEqual: async (file) => {
        const path = join(folder, file.path);
        if (!(await looksEqual(path, file, equality))) return false;
        if (equality !== 'checksum') return true;
        return await hasEqualContent(
          access,
          { path, place: { bucket, ...file.object } },
          { signal },
        );
      },
      transfer: async ({ object, path }, tools) => {
        const parent = await folderWithin(await realpath(folder), path);
        const file = { object: { ...object, bucket }, path: join(parent, basename(path)) };
        await downloadFile(access, file, tools);
      },
      extraneous: local.files.filter(({ key }) => !wanted.has(key)),
      delete: deleteFiles(folder),
    };
    return await runFolder(access, plan, { ...options, equality });
  } catch (error) {
    throw explainError(error, action);
  }
}

/** Refuses before the first byte: half a folder with one hostile key left out is not what was asked. */
function readKeys(listed: ReadonlyMap<string, ListedObject>): RemoteFile[] {
  const keys = [...listed.keys()];
  const paths = keys.map(relativeFilePath);
  refuseFilesThatAreFolders(keys);
  return keys.flatMap((key, index) => {
    const object = listed.get(key) as ListedObject;
    const path = paths[index] as string;
    // What consoles make to stand for an empty folder.
    if (key.endsWith('/')) return [];
    return [{ key, sizeBytes: object.sizeBytes, object, path }];
  });
}

/** Of a size, and not edited since: a download gives the file the object's time, to the second. */
async function looksEqual(
  path: string,
  { object }: RemoteFile,
  equality: FolderOptions['equality'],
): Promise<boolean> {
  // A link is never equal: what it leads to may lie elsewhere.
  const status = await lstat(path).catch(() => undefined);
  if (status?.isFile() !== true || status.size !== object.sizeBytes) return false;
  if (equality === 'checksum') return true;
  return seconds(status.mtime) === seconds(object.lastModified);
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}

async function walkIfThere(
  folder: string,
  options: FolderOptions,
): Promise<Awaited<ReturnType<typeof walkFolder>>> {
  try {
    return await walkFolder(folder, compileKeyFilter(options));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { files: [], ignored: [] };
  }
}

function deleteFiles(folder: string) {
  return async (
    files: readonly Pick<LocalFile, 'key' | 'sizeBytes'>[],
    tell: (deleted: Pick<LocalFile, 'key' | 'sizeBytes'>) => void,
  ): Promise<void> => {
    const root = await realpath(folder);
    for (const file of files) {
      // By its name in the folder: of a link, the link goes and not what it leads to.
      const path = relativeFilePath(file.key);
      await unlink(join(await folderWithin(root, path), basename(path)));
      tell(file);
    }
  };
}
