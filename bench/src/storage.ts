import { type Measure, meetsBound } from './report/measure.ts';
import { formatJsonLines, formatTable } from './report/print.ts';
import { measureHomeVolume } from './storage/home-volume.ts';
import { measureLargeObject } from './storage/large-object.ts';
import { measureListing } from './storage/listing.ts';
import { measureSmallObjects } from './storage/small-objects.ts';

const measuresByName = {
  'large-object': measureLargeObject,
  'small-objects': measureSmallObjects,
  listing: measureListing,
  'home-volume': measureHomeVolume,
} as const;

/** `npm run bench:storage [-- --json] [-- --only=<name>,…]` */
async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const only = process.argv.find((option) => option.startsWith('--only='))?.slice('--only='.length);
  const measures: Measure[] = [];
  let hasFailed = false;
  for (const [name, measure] of Object.entries(measuresByName)) {
    if (only !== undefined && !only.split(',').includes(name)) continue;
    try {
      measures.push(...(await measure((text) => console.error(`… ${text}`))));
    } catch (error) {
      // It is told, and the others are taken all the same.
      hasFailed = true;
      console.error(`Cannot measure "${name}":`, error);
    }
  }
  console.log(asJson ? formatJsonLines(measures) : formatTable(measures));
  process.exitCode = !hasFailed && measures.every(meetsBound) ? 0 : 1;
}

await main();
