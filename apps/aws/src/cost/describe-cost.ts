import type { CostEstimate } from './estimate-cost.ts';

/** The estimate as a table, and what it rests on. */
export function describeCost(estimate: CostEstimate): string[] {
  const { currency, lines, fixedAmount, totalAmount, asOf, unknownTypes } = estimate;
  const money = (amount: number) => `${amount.toFixed(2).padStart(10)} ${currency}`;
  const width = Math.max(...lines.map(({ name }) => name.length));
  return [
    'A month, estimated:',
    ...lines.map(
      ({ name, monthlyAmount, how, isFixed }) =>
        `  ${name.padEnd(width)} ${money(monthlyAmount)}  ${how}${isFixed ? '' : ' (if so much is used)'}`,
    ),
    `  ${'Whether anybody works or not'.padEnd(width)} ${money(fixedAmount)}`,
    `  ${'Altogether'.padEnd(width)} ${money(totalAmount)}`,
    ...unknownTypes.map(
      (type) =>
        `  The price of ${type} is not known (instanceTypes.pricePerHour): it is not counted`,
    ),
    `Prices of ${asOf} as examples for Seoul, compared with no bill; taxes and support are not in it.`,
  ];
}
