import type { StudioBucketList, StudioFolder } from '@strongroom/contracts';

/**
 * Reads the answers of the gateway; null where it is not one. By hand, because the contract's schema
 * library would lengthen Lab's first page; the test holds both together.
 */
export function parseBucketList(value: unknown): StudioBucketList | null {
  const buckets = property(value, 'buckets');
  if (!Array.isArray(buckets)) return null;
  const isRead = buckets.every(
    (each) =>
      isText(property(each, 'bucket')) &&
      ['mayRead', 'mayWrite', 'mayDelete'].every(
        (name) => typeof property(each, name) === 'boolean',
      ),
  );
  return isRead ? { buckets } : null;
}

export function parseFolder(value: unknown): StudioFolder | null {
  const folders = property(value, 'folders');
  const objects = property(value, 'objects');
  const continuationToken = property(value, 'continuationToken');
  if (!Array.isArray(folders) || !folders.every(isText) || !Array.isArray(objects)) return null;
  if (continuationToken !== null && !isText(continuationToken)) return null;
  const isRead = objects.every(
    (each) =>
      isText(property(each, 'key')) &&
      isText(property(each, 'modifiedAt')) &&
      Number.isSafeInteger(property(each, 'sizeBytes')),
  );
  return isRead ? { folders, objects, continuationToken } : null;
}

export function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
