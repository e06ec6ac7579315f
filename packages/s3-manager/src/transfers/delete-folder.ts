import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { folderPrefix } from '../keys/folder-prefix.ts';
import { compileKeyFilter, type KeyFilterOptions } from '../keys/key-filter.ts';
import { s3Address } from '../keys/s3-address.ts';
import { listRelative } from '../listing/list-relative.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { deleteKeys } from './delete-keys.ts';
import type { FolderOptions } from './folder-options.ts';

export interface DeleteFolderOptions
  extends KeyFilterOptions,
    OperationOptions,
    Pick<FolderOptions, 'dryRun' | 'onStep'> {}

/** Deletes every object below the prefix that the filter takes. Returns how many. */
export async function deleteFolder(
  access: S3Access,
  place: { readonly bucket: string; readonly prefix: string },
  options: DeleteFolderOptions,
): Promise<number> {
  const { bucket } = place;
  const prefix = folderPrefix(place.prefix);
  const action = `delete ${s3Address(bucket, prefix)}`;
  requireNames(action, { bucket });
  const { signal, dryRun, onStep } = options;
  try {
    const filter = compileKeyFilter(options);
    const listed = await listRelative(access, { bucket, prefix, filter }, { signal });
    const found = [...listed].map(([key, { sizeBytes }]) => ({ key, sizeBytes }));
    const tell = (object: (typeof found)[number]) => onStep?.({ type: 'delete', ...object });
    if (dryRun === true) found.forEach(tell);
    else await deleteKeys(access, { bucket, prefix }, { signal })(found, tell);
    return found.length;
  } catch (error) {
    throw explainError(error, action);
  }
}
