/**
 * A name out of Git as it can be shown on one line: what breaks lines, is invisible or turns the
 * direction of what stands beside it (Unicode Standard Annex #9) is written as its number.
 */
export function shownName(name: string): string {
  return name.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu,
    (character) => `‹${codeOf(character)}›`,
  );
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
