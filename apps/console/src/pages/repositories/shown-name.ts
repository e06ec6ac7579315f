const controlPictures = 0x2400;
const deletePicture = '\u2421';

/** A name that Git keeps, on one line: what has no ink, or turns the ink of others around, is spelled out. */
export function shownName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(controlPictures + code);
    if (code === 0x7f) return deletePicture;
    return `\\u{${code.toString(16)}}`;
  });
}
