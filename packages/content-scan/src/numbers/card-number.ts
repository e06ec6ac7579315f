import type { NumberToken } from './number-tokens.ts';

/** Issuers' first digits and the lengths that go with them (ISO/IEC 7812). */
const issuers: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^5[1-5]/, lengths: [16] },
  { prefix: /^2(?:2[2-9][1-9]|22[1-9]|2[3-9]|[3-6]|7[01]|720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { prefix: /^3(?:0[0-5]|[68])/, lengths: [14] },
  { prefix: /^6(?:011|4[4-9]|5)/, lengths: [16] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  // Cards that are good in Korea only begin with 9; so do other numbers, therefore in groups only.
  { prefix: /^9/, lengths: [16] },
];

const groupings = new Set(['4,4,4,4', '4,6,5', '4,6,4', '4,4,4,4,3', '6,13']);

/** By Luhn's check digit, an issuer's first digits, and groups as they are printed on cards. */
export function isCardNumber(token: Pick<NumberToken, 'digits' | 'groups' | 'separator'>): boolean {
  const { digits, groups, separator } = token;
  if (digits.length < 13 || digits.length > 19) return false;
  const isGrouped = groups.length > 1;
  if (isGrouped && !(groupings.has(groups.join(',')) && separator !== '.')) return false;
  if (digits.startsWith('9') && !isGrouped) return false;
  const isIssued = issuers.some(
    (issuer) => issuer.lengths.includes(digits.length) && issuer.prefix.test(digits),
  );
  return isIssued && new Set(digits).size > 1 && hasLuhnDigit(digits);
}

function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
