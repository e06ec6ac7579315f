import type { ScanRule } from '@strongroom/contracts';
import type { NumberToken } from './number-tokens.ts';

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/**
 * A resident registration number (주민등록번호) or a foreigner's (외국인등록번호): the date of birth, a
 * digit for gender and century, six more.
 *
 * Until October 2020 the last digit was a check digit; since then it is random (행정안전부, amendment of
 * the enforcement rules of the Resident Registration Act). What is decided here:
 * - a valid date and check digit: found, in two groups or in one;
 * - no valid check digit: found only in two groups, and only where the person was born since October 2020
 *   or the text speaks of such numbers;
 * - in one group, and also a time in milliseconds of these years: found only where the text speaks of such
 *   numbers.
 */
export function registrationNumberRule(
  token: NumberToken,
  speaksOfNumbers: () => boolean,
): ScanRule | undefined {
  const { digits, groups } = token;
  if (digits.length !== 13) return undefined;
  const isGrouped = groups.length === 2 && groups[0] === 6;
  if (groups.length !== 1 && !(isGrouped && token.separator !== '.')) return undefined;
  const birth = birthDate(digits);
  if (birth === undefined) return undefined;
  const isForeigner = '5678'.includes(digits[6] ?? '');
  if (!isFound({ digits, isGrouped, birth, isForeigner }, speaksOfNumbers)) return undefined;
  return isForeigner ? 'foreigner-registration-number' : 'resident-registration-number';
}

interface Candidate {
  readonly digits: string;
  readonly isGrouped: boolean;
  readonly birth: string;
  readonly isForeigner: boolean;
}

function isFound(candidate: Candidate, speaksOfNumbers: () => boolean): boolean {
  const { digits, isGrouped, birth, isForeigner } = candidate;
  if (!hasCheckDigit(digits, isForeigner)) {
    return isGrouped && (birth >= '2020-10-01' || speaksOfNumbers());
  }
  return isGrouped || !isTimeInMilliseconds(digits) || speaksOfNumbers();
}

/** `yyyy-mm-dd`, or undefined where there is no such day or the century's digit is none in use. */
function birthDate(digits: string): string | undefined {
  const gender = digits[6] ?? '';
  const century = '1256'.includes(gender) ? '19' : '3478'.includes(gender) ? '20' : undefined;
  if (century === undefined) return undefined;
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  const date = new Date(Date.UTC(Number(century + digits.slice(0, 2)), month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** Modulo 11; a foreigner's is two higher. */
function hasCheckDigit(digits: string, isForeigner: boolean): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const expected = (11 - (sum % 11) + (isForeigner ? 2 : 0)) % 10;
  return expected === Number(digits[12]);
}

/** Of 2015 to 2030. */
function isTimeInMilliseconds(digits: string): boolean {
  return digits >= '1420070400000' && digits < '1893456000000';
}
