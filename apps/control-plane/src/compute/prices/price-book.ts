import type { Prices } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { type PriceTable, readPriceTable } from './price-table.ts';

type PricedDomain = Pick<Domain, 'instanceTypes' | 'prices'>;

/** @throws {StartError} `PriceTableUnusable` */
export async function openPriceBook(domain: () => PricedDomain): Promise<PriceBook> {
  const { tableFile: file, currency } = domain().prices;
  return new PriceBook(domain, await readPriceTable({ file, currency }));
}

/** What an hour of each instance type costs here. */
export class PriceBook {
  readonly #domain: () => PricedDomain;
  readonly #table: PriceTable;

  constructor(domain: () => PricedDomain, table: PriceTable) {
    this.#domain = domain;
    this.#table = table;
  }

  /** What the domain file says, else the table; null where neither has a price, which is not the same as free. */
  priceOf(instanceType: string): number | null {
    const type = this.#domain().instanceTypes.find((each) => each.instanceType === instanceType);
    return type?.pricePerHour ?? this.#table.instanceTypes[instanceType]?.pricePerHour ?? null;
  }

  get prices(): Prices {
    const { currency, region } = this.#table;
    return { currency, region, wonPerUnit: this.#domain().prices.wonPerUnit ?? null };
  }
}
