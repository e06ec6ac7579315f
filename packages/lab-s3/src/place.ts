/** Where in the buckets: `null` is the list of them, a prefix is empty or ends with a slash. */
export type Place = { readonly bucket: string; readonly prefix: string } | null;

export interface Crumb {
  readonly label: string;
  readonly place: Place;
}

/** The way from the list of buckets down to a place; the list itself is not in it. */
export function crumbsOf(place: Place): readonly Crumb[] {
  if (place === null) return [];
  const { bucket, prefix } = place;
  const crumbs: Crumb[] = [{ label: bucket, place: { bucket, prefix: '' } }];
  for (let end = prefix.indexOf('/'); end !== -1; end = prefix.indexOf('/', end + 1)) {
    const below = prefix.slice(0, end + 1);
    crumbs.push({ label: lastName(below), place: { bucket, prefix: below } });
  }
  return crumbs;
}

export function parentOf(place: Place): Place {
  return crumbsOf(place).at(-2)?.place ?? null;
}

/** The last name of a key or of a prefix; empty where there are two slashes. */
export function lastName(keyOrPrefix: string): string {
  const path = keyOrPrefix.endsWith('/') ? keyOrPrefix.slice(0, -1) : keyOrPrefix;
  return path.slice(path.lastIndexOf('/') + 1);
}

export function s3Url(bucket: string, key = ''): string {
  return `s3://${bucket}/${key}`;
}

/** As a prefix is written: no slash before it, one after it. */
export function asPrefix(text: string): string {
  const path = text.trim().replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `${path}/`;
}

/**
 * A key below a prefix as a path in a home. Keys may hold what no file system has as a name: empty
 * names, `.` and `..` become `_`.
 */
export function homePathOf(relativeKey: string): string {
  return relativeKey.split('/').map(fileNameOf).join('/');
}

function fileNameOf(name: string): string {
  return /^\.{0,2}$/.test(name) ? '_'.repeat(Math.max(1, name.length)) : name.replaceAll('\0', '_');
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
