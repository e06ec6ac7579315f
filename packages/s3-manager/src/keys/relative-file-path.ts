import { sep } from 'node:path';
import { S3ManagerError } from '../errors/s3-manager-error.ts';

/**
 * The path of a key's file below the chosen folder. Whoever may write to a bucket chooses its keys,
 * so a key is hostile: it must name one place below the folder and no other.
 *
 * @throws S3ManagerError `UnsafeKey`
 */
export function relativeFilePath(relativeKey: string): string {
  const segments = relativeKey.replace(/\/$/, '').split('/');
  for (const segment of segments) {
    const state = unsafeState(segment);
    if (state === undefined) continue;
    throw new S3ManagerError(
      'UnsafeKey',
      `Cannot save the key "${relativeKey}" as a file: ${state}`,
    );
  }
  return segments.join(sep);
}

/**
 * One tree cannot have a file and a folder of one name; a bucket can ("a" and "a/b").
 *
 * @throws S3ManagerError `UnsafeKey`
 */
export function refuseFilesThatAreFolders(relativeKeys: readonly string[]): void {
  const files = new Set(relativeKeys.filter((key) => !key.endsWith('/')));
  for (const key of relativeKeys) {
    const segments = key.split('/');
    for (let depth = 1; depth < segments.length; depth += 1) {
      const folder = segments.slice(0, depth).join('/');
      if (!files.has(folder)) continue;
      const state = `"${folder}" is the key of an object too`;
      throw new S3ManagerError('UnsafeKey', `Cannot save the key "${key}" as a file: ${state}`);
    }
  }
}

function unsafeState(segment: string): string | undefined {
  if (segment === '') return 'it has an empty name between slashes';
  if (segment === '.' || segment === '..') return `it has "${segment}" in it`;
  if (segment.includes('\0')) return 'it has a NUL in it';
  if (Buffer.byteLength(segment) > 255) return 'a name in it is longer than 255 bytes';
  // On Windows a backslash separates and a colon names a drive or a stream.
  if (sep === '\\' && /[\\:]/.test(segment)) return 'it has a backslash or a colon in it';
  return undefined;
}
