import { z } from 'zod';

/** Joins the parts of one picture, such as a family or a profession (Unicode TR51, section 2.3). */
const joinedPictures =
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})';
const pictureStyle = '(?<=\\p{Extended_Pictographic})\\ufe0f';
/**
 * What has no ink, or moves the ink of others: controls, formats (bidirectional overrides, zero
 * widths), private use, line separators, the Hangul fillers and other default ignorables.
 */
const invisible =
  '\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800';
const otherSpace = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
/** Scripts with letters that look like Latin ones (Unicode TR39, section 4). */
const likeLatin =
  '[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Cherokee}\\p{Script=Coptic}]';
const mixedWord = `\\p{Script=Latin}\\p{M}*${likeLatin}|${likeLatin}\\p{M}*\\p{Script=Latin}`;

function onlyOf(characters: string): string {
  return `(?:${characters}|${joinedPictures}|${pictureStyle})*$`;
}

/** One line that reads as it is: nothing in it is hidden or turned around. */
export const visibleLinePattern = new RegExp(`^${onlyOf(`[^${invisible}]`)}`, 'u');
/** The same with line breaks. */
export const visibleTextPattern = new RegExp(`^${onlyOf(`[\\n]|[^${invisible}]`)}`, 'u');
/** What one recognises a person or a team by: no word mixes letters that look alike. */
export const visibleNamePattern = new RegExp(
  `^(?!.*(?:${mixedWord}))${onlyOf(`[^${invisible}${otherSpace}]`)}`,
  'u',
);

export function visibleNameSchema(maximumLength: number) {
  return z.string().trim().min(1).max(maximumLength).regex(visibleNamePattern, unreadable);
}

export function visibleTextSchema(minimumLength: number, maximumLength: number) {
  const text = z.string().trim().min(minimumLength).max(maximumLength);
  return text.regex(visibleTextPattern, unreadable);
}

const unreadable = 'it has characters that cannot be seen or that look like others';
