/** By how the bytes begin, in base64. SVG is none of them: it may hold programs. */
const types = [
  ['iVBORw0KGg', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
] as const;

/** The address of an image that the page itself holds; undefined where it is none that it knows. */
export function imageAddress(base64: string): string | undefined {
  const type = types.find(([start]) => base64.startsWith(start))?.[1];
  if (type === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return `data:${type};base64,${base64}`;
}
