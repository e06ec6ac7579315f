const maximumCharacters = 4_096;
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * Where Lab opens this file of the home. Each name is encoded, so that whatever is asked for stays a
 * path on this origin; what can be no file's path opens Lab alone.
 */
export function labAddress(path: string | null): string {
  if (path === null || path.length > maximumCharacters || unseen.test(path)) return '/lab';
  const names = path.split('/');
  const isPath = names.every((name) => name !== '' && name !== '.' && name !== '..');
  return isPath ? `/lab/tree/${names.map(encodeURIComponent).join('/')}` : '/lab';
}
