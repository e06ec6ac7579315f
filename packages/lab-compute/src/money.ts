import type { Prices } from '@strongroom/contracts';
import type { Texts } from './texts.ts';

/** Amounts as people read them: in won for who reads Korean, where the domain says what a unit is in won. */
export function moneyText(amount: number, prices: Prices, languageTag: string): string {
  const isKorean = languageTag.startsWith('ko');
  const inWon = isKorean && prices.wonPerUnit !== null;
  const shown = inWon ? amount * (prices.wonPerUnit ?? 1) : amount;
  const currency = inWon ? 'KRW' : prices.currency;
  return new Intl.NumberFormat(languageTag, {
    ...{ style: 'currency', currency },
    ...digitsFor(shown, currency),
  }).format(shown);
}

/** Null is no price: nobody knows what it costs. */
export function hourlyText(
  pricePerHour: number | null,
  prices: Prices,
  { trans, languageTag }: { readonly trans: Texts; readonly languageTag: string },
): string {
  if (pricePerHour === null) return trans.__('no price');
  if (pricePerHour === 0) return trans.__('free');
  return trans.__('%1/hour', moneyText(pricePerHour, prices, languageTag));
}

/** Such as `+$0.18`; empty where either is not known. */
export function differenceText(
  [before, after]: readonly [number | null, number | null],
  prices: Prices,
  languageTag: string,
): string {
  if (before === null || after === null) return '';
  const text = moneyText(Math.abs(after - before), prices, languageTag);
  return `${after < before ? '−' : '+'}${text}`;
}

/** Small hourly prices have digits that count; won has none. */
function digitsFor(amount: number, currency: string): Intl.NumberFormatOptions {
  if (['KRW', 'JPY'].includes(currency)) return { maximumFractionDigits: amount < 10 ? 1 : 0 };
  return { minimumFractionDigits: 2, maximumFractionDigits: amount < 1 ? 4 : 2 };
}
