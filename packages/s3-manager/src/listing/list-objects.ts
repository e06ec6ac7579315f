import type { OperationOptions, S3Access } from '../s3-access.ts';
import { type ListedFolder, type ListedObject, listPages } from './list-pages.ts';

/** Every object whose key begins with the prefix. */
export async function* listObjects(
  access: S3Access,
  place: { readonly bucket: string; readonly prefix: string },
  options: OperationOptions,
): AsyncGenerator<ListedObject> {
  for await (const { objects } of listPages(access, place, options)) yield* objects;
}

/** One level: the objects directly under the prefix, and the folders. In the order of their names. */
export async function* listFolder(
  access: S3Access,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  options: OperationOptions,
): AsyncGenerator<ListedObject | ListedFolder> {
  const question = { bucket, prefix, delimiter: '/' };
  for await (const { objects, folders } of listPages(access, question, options)) {
    // The empty object that consoles make to stand for the folder itself is not in it.
    const inside = objects.filter(({ key }) => key !== prefix);
    // Each page covers its own stretch of names, so pages in order are all in order.
    yield* [...inside, ...folders].sort(byName);
  }
}

function byName(left: ListedObject | ListedFolder, right: ListedObject | ListedFolder): number {
  return Buffer.compare(Buffer.from(nameOf(left)), Buffer.from(nameOf(right)));
}

function nameOf(entry: ListedObject | ListedFolder): string {
  return entry.type === 'object' ? entry.key : entry.prefix;
}
