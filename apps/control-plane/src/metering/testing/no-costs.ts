import type { Costs } from '../cost/costs.ts';

/** Nothing was ever started. */
export const noCosts: Pick<Costs, 'studio'> = {
  studio: async () => ({
    prices: { currency: 'USD', region: 'ap-northeast-2', wonPerUnit: null },
    ...{ amount: 0, hourlyAmount: 0, budgets: [] },
  }),
};
