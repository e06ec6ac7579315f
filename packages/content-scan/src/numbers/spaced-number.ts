import type { NumberToken } from './number-tokens.ts';

/**
 * `4111 1111 1111 1111`, as it stands on a card, and `900101 1234567`. In a row of a table there are more
 * numbers than one on a side.
 */
const spaced =
  /(?<!\d[ \u00a0]\d{1,20}[ \u00a0])(?:\d{4}[ \u00a0]\d{4}[ \u00a0]\d{4}[ \u00a0]\d{4}|\d{4}[ \u00a0]\d{6}[ \u00a0]\d{4,5}|\d{6}[ \u00a0]\d{7})(?![\w-]|[.,]\d|[ \u00a0]\d{1,20}[ \u00a0]\d)/y;

/** The number of several tokens that begins with this one, which is a single group. */
export function spacedNumber(text: string, token: NumberToken): NumberToken | undefined {
  if (token.groups.length > 1) return undefined;
  spaced.lastIndex = token.start;
  const written = spaced.exec(text)?.[0];
  if (written === undefined) return undefined;
  const parts = written.split(/\s/);
  return {
    start: token.start,
    end: token.start + written.length,
    groups: parts.map((part) => part.length),
    digits: parts.join(''),
    separator: ' ',
  };
}
