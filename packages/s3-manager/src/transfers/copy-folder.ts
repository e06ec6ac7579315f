import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import { folderPrefix } from '../keys/folder-prefix.ts';
import { compileKeyFilter } from '../keys/key-filter.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { ListedObject } from '../listing/list-pages.ts';
import { listRelative } from '../listing/list-relative.ts';
import { copyObject } from '../objects/copy-object.ts';
import type { S3Access } from '../s3-access.ts';
import { deleteKeys } from './delete-keys.ts';
import { areEqualObjects } from './equal-content.ts';
import type { FolderOptions, FolderResult } from './folder-options.ts';
import { type FolderPlan, runFolder } from './run-folder.ts';

/** A "folder" of a bucket: all keys below a prefix. */
export interface FolderPlace {
  readonly bucket: string;
  readonly prefix: string;
}

interface SourceObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly object: ListedObject;
}

export async function copyFolder(
  access: S3Access,
  way: { readonly source: FolderPlace; readonly destination: FolderPlace },
  options: FolderOptions,
): Promise<FolderResult> {
  const source = { bucket: way.source.bucket, prefix: folderPrefix(way.source.prefix) };
  const { bucket } = way.destination;
  const prefix = folderPrefix(way.destination.prefix);
  const action = `copy ${s3Address(source.bucket, source.prefix)} to ${s3Address(bucket, prefix)}`;
  requireNames(action, { source: source.bucket, destination: bucket });
  refuseOverlap(action, source, { bucket, prefix });
  const { equality = 'size-and-time', signal } = options;
  try {
    const filter = compileKeyFilter(options);
    const from = await listRelative(access, { ...source, filter }, { signal });
    const to = await listRelative(access, { bucket, prefix, filter }, { signal });
    const plan: FolderPlan<SourceObject> = {
      type: 'copy',
      candidates: [...from].map(([key, object]) => ({ key, sizeBytes: object.sizeBytes, object })),
      ignored: [],
      isEqual: async ({ key, object }) => {
        const there = to.get(key);
        if (there?.sizeBytes !== object.sizeBytes) return false;
        if (equality !== 'checksum') return object.lastModified <= there.lastModified;
        const places = [
          { bucket: source.bucket, key: object.key },
          { bucket, key: there.key },
        ] as const;
        return await areEqualObjects(access, places, { signal });
      },
      transfer: async ({ key, object }, tools) => {
        const copy = {
          source: { bucket: source.bucket, key: object.key },
          destination: { bucket, key: `${prefix}${key}` },
        };
        await copyObject(access, copy, tools);
      },
      extraneous: [...to]
        .filter(([key]) => !from.has(key))
        .map(([key, { sizeBytes }]) => ({ key, sizeBytes })),
      delete: deleteKeys(access, { bucket, prefix }, { signal }),
    };
    return await runFolder(access, plan, { ...options, equality });
  } catch (error) {
    throw explainError(error, action);
  }
}

/** Within one bucket, one below the other would copy its own copies, or delete its source. */
function refuseOverlap(action: string, source: FolderPlace, destination: FolderPlace): void {
  if (source.bucket !== destination.bucket) return;
  const isOverlap =
    source.prefix.startsWith(destination.prefix) || destination.prefix.startsWith(source.prefix);
  if (!isOverlap) return;
  const state = 'one lies within the other';
  throw new S3ManagerError('InvalidArgument', `Cannot ${action}: ${state}`);
}
