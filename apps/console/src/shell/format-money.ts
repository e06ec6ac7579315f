import type { Prices } from '@strongroom/contracts';

/** In won for who reads Korean, where the domain says what a unit of its currency is in won. */
export function formatMoney(amount: number, prices: Prices, language: string): string {
  const { wonPerUnit } = prices;
  if (language !== 'ko' || wonPerUnit === null) return inCurrency(amount, prices, language);
  return written(amount * wonPerUnit, 'KRW', language);
}

/** As budgets and price tables are written, whoever reads it. */
export function inCurrency(amount: number, { currency }: Prices, language: string): string {
  return written(amount, currency, language);
}

function written(amount: number, currency: string, language: string): string {
  const style = { style: 'currency', currency } as const;
  return new Intl.NumberFormat(language, { ...style, ...digitsFor(amount, currency) }).format(
    amount,
  );
}

/** Small hourly prices have digits that count; won has none. */
function digitsFor(amount: number, currency: string): Intl.NumberFormatOptions {
  if (['KRW', 'JPY'].includes(currency)) return { maximumFractionDigits: 0 };
  const isSmall = amount > 0 && amount < 1;
  return { minimumFractionDigits: 2, maximumFractionDigits: isSmall ? 4 : 2 };
}
