import { findPhoneNumbersInText } from 'libphonenumber-js/min';

/** A number with its country, or a Korean one with its area: only these are looked up. Sticky. */
const shape =
  /\+\d{1,3}(?:[ .-]{0,2}\(?\d{1,5}\)?){1,5}(?!\d)|\(?0[1-9]\d{0,2}\)?[ .-]{1,2}\d{3,4}[ .-]\d{4}(?!\d)|01[016789]\d{7,8}(?!\d)/y;

/** More in one text are taken at their shape's word: a look-up takes some 50 microseconds. */
const mostLookups = 400;

/** Looks up phone numbers of one text in libphonenumber's tables. */
export class PhoneNumbers {
  readonly #text: string;
  #lookups = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the number that begins with this digit begins and ends, with its `+` or bracket. */
  at(digitStart: number): { start: number; end: number } | undefined {
    const before = this.#text[digitStart - 1];
    const start = before === '+' || before === '(' ? digitStart - 1 : digitStart;
    if (before !== '+' && this.#text[digitStart] !== '0') return undefined;
    shape.lastIndex = start;
    const found = shape.exec(this.#text)?.[0];
    if (found === undefined || !isLongEnough(found)) return undefined;
    if (this.#lookups >= mostLookups) return { start, end: start + found.length };
    this.#lookups += 1;
    const [number] = findPhoneNumbersInText(found, 'KR');
    if (number === undefined || number.startsAt > 1) return undefined;
    return { start, end: start + number.endsAt };
  }
}

function isLongEnough(written: string): boolean {
  const count = written.replace(/\D/g, '').length;
  return count >= 9 && count <= 15;
}
