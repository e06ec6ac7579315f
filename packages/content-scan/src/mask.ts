const maximumLength = 24;

/**
 * What a finding shows: a quarter of it and four characters at most, so that a short password is not
 * told by its mask, and no more than 24 characters, so that its length is not told either.
 */
export function mask(found: string): string {
  const visible = found.slice(0, Math.min(4, Math.floor(found.length / 4))).replace(/\s/g, ' ');
  return visible + '*'.repeat(Math.min(found.length, maximumLength) - visible.length);
}
