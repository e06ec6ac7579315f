import type { Prices } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { formatMoney } from './format-money.ts';

/** Null is no price: nobody knows what it costs. */
export function hourlyPrice(
  pricePerHour: number | null,
  prices: Prices,
  { t, language }: { readonly t: TFunction; readonly language: string },
): string {
  if (pricePerHour === null) return t('compute.noPrice');
  if (pricePerHour === 0) return t('compute.free');
  return t('compute.hourly', { amount: formatMoney(pricePerHour, prices, language) });
}
