/**
 * The prefix of all keys in a folder. It ends with a slash, because the prefix "data" would also be
 * that of "database/…"; empty for the whole bucket.
 */
export function folderPrefix(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}
