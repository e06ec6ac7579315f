import { describe, expect, it } from 'vitest';
import { formatMoney, inCurrency } from './format-money.ts';

const prices = { currency: 'USD', region: 'ap-northeast-2', wonPerUnit: 1400 };

describe('an amount', () => {
  it.each([
    [12.345, 'en', '$12.35'],
    [0.0464, 'en', '$0.0464'],
    [0, 'en', '$0.00'],
    [12.5, 'ko', '₩17,500'],
  ])('of %d is written in %s as %s', (amount, language, text) => {
    expect(formatMoney(amount, prices, language)).toBe(text);
  });

  it('stays in the currency of the prices where nobody said what it is in won', () => {
    expect(formatMoney(12.5, { ...prices, wonPerUnit: null }, 'ko')).toBe('US$12.50');
  });

  it('is written as budgets are where it becomes one', () => {
    expect(inCurrency(12.5, prices, 'ko')).toBe('US$12.50');
  });
});
