/** A name of any script within a sentence, whose own direction stays as it is (Unicode UAX 9, section 2.6). */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
