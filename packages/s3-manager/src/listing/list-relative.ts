import type { KeyFilter } from '../keys/key-filter.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { listObjects } from './list-objects.ts';
import type { ListedObject } from './list-pages.ts';

/** The objects below a folder's prefix that the filter takes, by their relative keys. */
export async function listRelative(
  access: S3Access,
  place: { readonly bucket: string; readonly prefix: string; readonly filter: KeyFilter },
  options: OperationOptions,
): Promise<Map<string, ListedObject>> {
  const found = new Map<string, ListedObject>();
  for await (const object of listObjects(access, place, options)) {
    const key = object.key.slice(place.prefix.length);
    // The empty object that stands for the folder itself.
    if (key !== '' && place.filter(key)) found.set(key, object);
  }
  return found;
}
