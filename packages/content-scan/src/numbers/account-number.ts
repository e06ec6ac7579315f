import type { NumberToken } from './number-tokens.ts';

/** How Korean banks write account numbers with hyphens, by the lengths of their groups. */
const bankGroupings: Readonly<Record<string, RegExp>> = {
  // Kookmin, Post Office
  '6,2,6': /^\d/,
  // Shinhan, K bank
  '3,3,6': /^1/,
  // Woori
  '4,3,6': /^1[0-9]/,
  // Hana
  '3,6,5': /^\d/,
  // Industrial Bank
  '3,6,2,3': /^\d/,
  // NH
  '3,4,4,2': /^[1-9]/,
  '3,2,6': /^[1-9]/,
  // Citi
  '3,6,3': /^\d/,
  // KakaoBank
  '4,2,7': /^(?:3333|3355|3388|7777|7979)/,
  // Toss Bank
  '4,4,4': /^1(?:00|90)/,
  // MG Community Credit Cooperatives
  '4,4,4,1': /^9/,
  // Regional banks
  '3,2,6,1': /^\d/,
  '3,2,5,1': /^\d/,
  '3,4,4,1': /^[1-9]/,
};

const words =
  /계좌|통장|예금주|입금|account|acct|(?:국민|신한|우리|하나|농협|기업|카카오|토스|케이|씨티|제일|수협|부산|대구|광주|전북|경남|제주|우체국|새마을|신협|산업)(?:은행|뱅크)?\s*[:：(]?\s*$/i;
const wordDistance = 40;

/** In a Korean bank's groups, or any 10 to 14 digits soon after a word that says so. */
export function isAccountNumber(text: string, token: NumberToken): boolean {
  const { digits, groups, separator } = token;
  if (digits.length < 10 || digits.length > 16 || separator === '.') {
    return false;
  }
  if (new Set(digits).size < 3) return false;
  if (bankGroupings[groups.join(',')]?.test(digits) === true) return true;
  if (digits.length > 14 || groups.length > 4) return false;
  const before = text.slice(Math.max(0, token.start - wordDistance), token.start);
  return words.test(before.slice(before.lastIndexOf('\n') + 1));
}
