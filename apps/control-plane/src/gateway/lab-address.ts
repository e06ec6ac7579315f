const maximumPathCharacters = 4096;

/**
 * Lab, with a file of the home open in it where one is asked for. Whatever is asked for, it is an address
 * below Lab's on this origin; a path that Lab would not open is left out.
 */
export function labAddress(path: string | null): string {
  if (path === null || path.length > maximumPathCharacters) return '/lab';
  const segments = path.split('/');
  if (segments.some((each) => each === '' || each === '.' || each === '..')) return '/lab';
  if (/[\0\\\p{Cs}]/u.test(path)) return '/lab';
  return `/lab/tree/${segments.map(encodeURIComponent).join('/')}`;
}
