import { readFile } from 'node:fs/promises';
import { currencySchema } from '@strongroom/contracts';
import { shippedPrices } from '@strongroom/domain';
import { z } from 'zod';
import { StartError } from '../../start-error.ts';

/** What instance types cost, as a file says it. Nobody's bill is formed from it but what Strongroom shows. */
const priceTableSchema = z.strictObject({
  region: z.string().min(1).max(64),
  currency: currencySchema,
  /** The day the table was made. */
  asOf: z.iso.date(),
  note: z.string().max(2_000),
  instanceTypes: z.record(
    z.string().regex(/^(?:system|ml\.[a-z0-9-]+\.[a-z0-9]+)$/),
    z.strictObject({
      vcpuCount: z.number().positive(),
      memoryMebibytes: z.int().positive(),
      gpuCount: z.int().nonnegative(),
      pricePerHour: z.number().nonnegative(),
    }),
  ),
});
export type PriceTable = z.infer<typeof priceTableSchema>;

/** The table that Strongroom ships with. */
export const shippedPriceTable: PriceTable = priceTableSchema.parse(shippedPrices);

/**
 * The table of a domain.
 *
 * @throws {StartError} `PriceTableUnusable`
 */
export async function readPriceTable(options: {
  /** Absolute; `undefined`: the one that ships. */
  readonly file: string | undefined;
  /** As the domain file has it. */
  readonly currency: string;
}): Promise<PriceTable> {
  const { file, currency } = options;
  const table = file === undefined ? shippedPriceTable : parseTable(file, await readText(file));
  if (table.currency === currency) return table;
  throw unusable(
    file ?? 'the table that ships with Strongroom',
    `its prices are in ${table.currency} and the domain file's in ${currency}; name a table in ${currency} (prices.table)`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw unusable(file, `the file cannot be read (${code})`, error);
  }
}

function parseTable(file: string, text: string): PriceTable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(file, `it is not JSON (${(error as Error).message})`, error);
  }
  const parsed = priceTableSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'the whole file';
  throw unusable(file, `${place}: ${issue?.message ?? 'not as expected'}`, parsed.error);
}

function unusable(name: string, problem: string, cause?: unknown): StartError {
  return new StartError('PriceTableUnusable', `Cannot use the price table "${name}": ${problem}`, {
    cause,
  });
}
