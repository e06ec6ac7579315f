import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { type LocalFile, walkFolder } from '../files/walk-folder.ts';
import { folderPrefix } from '../keys/folder-prefix.ts';
import { compileKeyFilter } from '../keys/key-filter.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { ListedObject } from '../listing/list-pages.ts';
import { listRelative } from '../listing/list-relative.ts';
import type { ObjectDetails } from '../objects/object-details.ts';
import type { S3Access } from '../s3-access.ts';
import { deleteKeys } from './delete-keys.ts';
import { hasEqualContent } from './equal-content.ts';
import type { FolderOptions, FolderResult } from './folder-options.ts';
import { runFolder } from './run-folder.ts';
import { uploadFile } from './upload-file.ts';

export interface UploadFolderOptions extends FolderOptions {
  /** What to say of each file's object; by default its content type by its extension. */
  readonly detailsOf?: ((relativeKey: string) => ObjectDetails) | undefined;
}

export async function uploadFolder(
  access: S3Access,
  way: { readonly folder: string; readonly bucket: string; readonly prefix: string },
  options: UploadFolderOptions,
): Promise<FolderResult> {
  const { folder, bucket } = way;
  const prefix = folderPrefix(way.prefix);
  const action = `upload "${folder}" to ${s3Address(bucket, prefix)}`;
  requireNames(action, { folder, bucket });
  const { equality = 'size-and-time', deleteExtraneous, signal } = options;
  try {
    const filter = compileKeyFilter(options);
    const { files, ignored } = await walkFolder(folder, filter);
    // Whoever may only write need not be allowed to list.
    const isListed = equality !== 'none' || deleteExtraneous === true;
    const remote = isListed
      ? await listRelative(access, { bucket, prefix, filter }, { signal })
      : new Map<string, ListedObject>();
    const local = new Set([...files, ...ignored].map(({ key }) => key));
    const extraneous = [...remote]
      .filter(([key]) => !local.has(key) && !key.endsWith('/'))
      .map(([key, { sizeBytes }]) => ({ key, sizeBytes }));
    const isEqual = async (file: LocalFile): Promise<boolean> => {
      const object = remote.get(file.key);
      if (object?.sizeBytes !== file.sizeBytes) return false;
      if (equality === 'size-and-time') return file.modifiedAt <= object.lastModified;
      const place = { bucket, key: object.key };
      return await hasEqualContent(access, { path: file.path, place }, { signal });
    };
    const plan = {
      type: 'upload',
      candidates: files,
      ignored,
      isEqual,
      transfer: async ({ key, path }: LocalFile, tools: Parameters<typeof uploadFile>[2]) => {
        const file = { path, bucket, key: `${prefix}${key}`, followLink: false };
        await uploadFile(access, file, { ...options.detailsOf?.(key), ...tools });
      },
      extraneous,
      delete: deleteKeys(access, { bucket, prefix }, { signal }),
    } as const;
    return await runFolder(access, plan, { ...options, equality });
  } catch (error) {
    throw explainError(error, action);
  }
}
