/** Letters of other scripts that most fonts draw like a Latin letter (Unicode TR 39, in part). */
const lookAlikes: Readonly<Record<string, string>> = {
  // Cyrillic
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  Ѕ: 'S',
  І: 'I',
  Ј: 'J',
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ӏ: 'l',
  ո: 'n',
  // Greek
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  α: 'a',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ϲ: 'c',
  // Latin with another shape or no dot
  ı: 'i',
  ɑ: 'a',
  ɡ: 'g',
  ʟ: 'L',
  // Punctuation
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '∕': '/',
  '⁄': '/',
  '∗': '*',
  '꞉': ':',
  '∶': ':',
  '：': ':',
  '․': '.',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/** Characters that are not seen at all, or only as a space. */
const invisible = /[\u00A0\u00AD\u180E\u200B-\u200F\u2028-\u202F\u2060-\u2064\uFEFF]/u;
const beyondAscii = /\P{ASCII}/gu;

/** The text as its reader takes it: each look-alike replaced by the character it looks like. */
export function foldLookAlikes(text: string): string {
  return text.replace(beyondAscii, (character) => asciiFor(character) ?? character);
}

export interface LookAlike {
  readonly character: string;
  /** Empty for a character that cannot be seen. */
  readonly ascii: string;
  /** Such as `U+0430`. */
  readonly codePoint: string;
}

/** The first look-alike of a text. */
export function findLookAlike(text: string): LookAlike | undefined {
  for (const character of text.match(beyondAscii) ?? []) {
    const ascii = asciiFor(character);
    if (ascii === undefined) continue;
    const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { character, ascii, codePoint: `U+${digits}` };
  }
  return undefined;
}

function asciiFor(character: string): string | undefined {
  if (Object.hasOwn(lookAlikes, character)) return lookAlikes[character];
  if (invisible.test(character)) return '';
  // Full-width letters, mathematical ones and ligatures, which input methods and copying bring in.
  const compatible = character.normalize('NFKC');
  return /^(?:[\u0021-\u007E]|[a-z]{2,3})$/.test(compatible) ? compatible : undefined;
}
