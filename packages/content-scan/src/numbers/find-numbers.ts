import type { ScanRule } from '@strongroom/contracts';
import type { Match } from '../match.ts';
import { isAccountNumber } from './account-number.ts';
import { isCardNumber } from './card-number.ts';
import { type NumberToken, numberTokens } from './number-tokens.ts';
import { PhoneNumbers } from './phone-number.ts';
import { registrationNumberRule } from './registration-number.ts';
import { spacedNumber } from './spaced-number.ts';

const speaksOfRegistration =
  /주민\s?(?:등록)?\s?번호|주민\s?등록|외국인\s?등록|생년월일|jumin|\brrn\b|(?:resident|alien|foreigner)[ _-]?registration/i;

/** The numbers that stand for a person or that person's money. */
export function findNumbers(text: string): Match[] {
  const matches: Match[] = [];
  const phones = new PhoneNumbers(text);
  const speaks = once(() => speaksOfRegistration.test(text));
  const add = (rule: ScanRule, { start, end }: { start: number; end: number }): void => {
    matches.push({ rule, start, end });
  };
  numberTokens(text, (token) => {
    const number = spacedNumber(text, token) ?? token;
    const rule = numberRule(number, speaks);
    if (rule !== undefined) return add(rule, number);
    const phone = phones.at(token.start);
    if (phone !== undefined) return add('phone-number', phone);
    if (isAccountNumber(text, token)) add('account-number', token);
  });
  return matches;
}

function numberRule(token: NumberToken, speaks: () => boolean): ScanRule | undefined {
  if (token.digits.length < 13) return undefined;
  return registrationNumberRule(token, speaks) ?? (isCardNumber(token) ? 'card-number' : undefined);
}

function once(compute: () => boolean): () => boolean {
  let value: boolean | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}
