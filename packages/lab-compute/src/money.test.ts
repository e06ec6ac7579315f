import { describe, expect, it } from 'vitest';
import { differenceText, hourlyText, moneyText } from './money.ts';
import { offered } from './testing/answers.ts';
import { trans } from './testing/texts.ts';

const { prices } = offered;

describe('money', () => {
  it('has the digits that count', () => {
    expect(moneyText(0.7364, prices, 'en-US')).toBe('$0.7364');
    expect(moneyText(0.05, prices, 'en-US')).toBe('$0.05');
    expect(moneyText(1_234.5, prices, 'en-US')).toBe('$1,234.50');
  });

  it('is in won for a Korean where the domain says what it is in won', () => {
    expect(moneyText(0.05, prices, 'ko-KR')).toBe('₩70');
    expect(moneyText(0.05, { ...prices, wonPerUnit: null }, 'ko-KR')).toContain('0.05');
  });

  it('is nothing where it is free, and not known where there is no price', () => {
    const context = { trans, languageTag: 'en-US' };
    expect(hourlyText(0, prices, context)).toBe('free');
    expect(hourlyText(null, prices, context)).toBe('no price');
    expect(hourlyText(0.05, prices, context)).toBe('$0.05/hour');
  });

  it('is more or less than before', () => {
    expect(differenceText([0.05, 0.115], prices, 'en-US')).toBe('+$0.065');
    expect(differenceText([0.115, 0.05], prices, 'en-US')).toBe('−$0.065');
    expect(differenceText([null, 0.05], prices, 'en-US')).toBe('');
  });
});
