/** Digits, perhaps in groups, that stand alone in a text: `900101-1234567`, `4111`, `02.123.4567`. */
export interface NumberToken {
  readonly start: number;
  readonly end: number;
  /** How many digits each group has. */
  readonly groups: readonly number[];
  /** All digits, without what separates them. */
  readonly digits: string;
  readonly separator: '' | '-' | '.' | ' ';
}

const longestToken = 40;
const shortestNumber = 9;
/** What a number that is written with spaces begins with: a card's or a registration number's group. */
const spacedGroups = new Set([4, 6]);

/**
 * The tokens of a text that may be, or begin, a number that is looked for. Digits that touch Latin letters
 * (hashes, base64, identifiers, exponents) or a decimal point are none. One pass, without a pattern: this
 * sees every number of every table.
 */
export function numberTokens(text: string, visit: (token: NumberToken) => void): void {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) {
      at += 1;
      continue;
    }
    const isInternational = at > 0 && text[at - 1] === '+';
    const mayBePhone = isInternational || (code === 0x30 && isDigit(text.charCodeAt(at + 1)));
    const end = endOfToken(text, at, mayBePhone);
    const length = end - at;
    const isOfInterest = length >= shortestNumber || mayBePhone || spacedGroups.has(length);
    if (isOfInterest && length <= longestToken && isFree(text, at, end)) {
      visit(readToken(text, at, end));
    }
    at = end;
  }
}

/** Groups of digits with a hyphen, ` - ` or, as some write phone numbers, a point between them. */
function endOfToken(text: string, start: number, hasPoints: boolean): number {
  let at = start;
  for (;;) {
    while (isDigit(text.charCodeAt(at))) at += 1;
    const next = afterSeparator(text, at, hasPoints);
    if (next === undefined) return at;
    at = next;
  }
}

function afterSeparator(text: string, at: number, hasPoints: boolean): number | undefined {
  const code = text.charCodeAt(at);
  if (isHyphen(code) || (hasPoints && code === 0x2e)) {
    return isDigit(text.charCodeAt(at + 1)) ? at + 1 : undefined;
  }
  const isSpaced =
    isSpace(code) &&
    isHyphen(text.charCodeAt(at + 1)) &&
    isSpace(text.charCodeAt(at + 2)) &&
    isDigit(text.charCodeAt(at + 3));
  return isSpaced ? at + 3 : undefined;
}

function readToken(text: string, start: number, end: number): NumberToken {
  const written = text.slice(start, end);
  const parts = written.split(/\D+/);
  return {
    start,
    end,
    groups: parts.map((part) => part.length),
    digits: parts.join(''),
    separator: parts.length === 1 ? '' : written.includes('.') ? '.' : '-',
  };
}

function isFree(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (isLatin(before) || isLatin(after)) return false;
  if (before === 0x2e && isDigit(text.charCodeAt(start - 2))) return false;
  if (after === 0x2e && isDigit(text.charCodeAt(end + 1))) return false;
  if (isJoint(before) && isWordCharacter(text.charCodeAt(start - 2))) return false;
  return !(isJoint(after) && isWordCharacter(text.charCodeAt(end + 1)));
}

/** Of an identifier in pieces, or of an escape in an address: `a3-900101`, `n_4111`, `%20900101`. */
function isJoint(code: number): boolean {
  return isHyphen(code) || code === 0x5f || code === 0x25;
}

function isHyphen(code: number): boolean {
  return code === 0x2d || (code >= 0x2010 && code <= 0x2014) || code === 0x2212 || code === 0xff0d;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0xa0;
}

function isWordCharacter(code: number): boolean {
  return isDigit(code) || isLatin(code);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLatin(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
