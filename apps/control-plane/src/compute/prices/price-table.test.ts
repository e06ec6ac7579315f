import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { domainWith } from '../../policies/testing/authorize-for.ts';
import { PriceBook } from './price-book.ts';
import { readPriceTable, shippedPriceTable } from './price-table.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prices-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(content: unknown, currency = 'USD') {
  const file = join(folder, 'prices.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readPriceTable({ file, currency });
}

describe('a price table', () => {
  it('is read as it is written', async () => {
    const table = { ...shippedPriceTable, currency: 'KRW', region: 'in-house' };
    expect(await read(table, 'KRW')).toEqual(table);
  });

  it.each([
    ['is no JSON', '{'],
    ['has a negative price', withPrice(-1)],
    ['has a price that is a text', withPrice('0.05' as never)],
    ['names no such type', { ...shippedPriceTable, instanceTypes: { 't3.medium': {} } }],
    ['has unknown fields', { ...shippedPriceTable, discount: 1 }],
    ['is in another currency', { ...shippedPriceTable, currency: 'EUR' }],
  ])('is refused where it %s', async (_what, content) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'PriceTableUnusable' });
  });

  it('is refused by the name of its file where that is missing', async () => {
    const file = join(folder, 'missing.json');
    await expect(readPriceTable({ file, currency: 'USD' })).rejects.toMatchObject({
      ...{ code: 'PriceTableUnusable', message: expect.stringContaining(file) },
    });
  });
});

describe('the price of an instance type', () => {
  const [system, medium, ...others] = domainWith(() => [])().instanceTypes;
  if (system === undefined || medium === undefined) throw new Error('no instance types');
  const bookOf = (pricePerHour: number | undefined) => {
    const instanceTypes = [system, { ...medium, pricePerHour }, ...others];
    return new PriceBook(
      domainWith(() => [], { instanceTypes }),
      shippedPriceTable,
    );
  };

  it.each([0, 1.5])('is what the domain file says, free included: %s', (price) => {
    expect(bookOf(price).priceOf(medium.instanceType)).toBe(price);
  });

  it("is the table's otherwise", () => {
    expect(bookOf(undefined).priceOf(medium.instanceType)).toBe(
      shippedPriceTable.instanceTypes[medium.instanceType]?.pricePerHour,
    );
  });

  it('is unknown, and not free, where neither has one', () => {
    expect(bookOf(undefined).priceOf('ml.x9.huge')).toBeNull();
  });
});

function withPrice(pricePerHour: number) {
  const type = { vcpuCount: 2, memoryMebibytes: 4096, gpuCount: 0, pricePerHour };
  return { ...shippedPriceTable, instanceTypes: { 'ml.t3.medium': type } };
}
