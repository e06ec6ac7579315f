import { type ComputeSetting, startComputeSetting } from './compute/compute-setting.ts';
import { measureIdleKernels } from './compute/idle-kernels.ts';
import { measureKernelStart } from './compute/kernel-start.ts';
import { measureMetering } from './compute/metering.ts';
import { measureSlurmLaunch } from './compute/slurm.ts';
import { measureTypeChange } from './compute/type-change.ts';
import { type Measure, meetsBound } from './report/measure.ts';
import { formatJsonLines, formatTable } from './report/print.ts';

type ComputeMeasure = (setting: ComputeSetting) => Promise<Measure[]>;

const measuresByName: Readonly<Record<string, ComputeMeasure>> = {
  'kernel-start': measureKernelStart,
  'type-change': measureTypeChange,
  'idle-kernels': measureIdleKernels,
  metering: measureMetering,
  slurm: measureSlurmLaunch,
};

/** `npm run bench:compute [-- --json] [-- --only=<name>,…]` */
async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const only = process.argv.find((option) => option.startsWith('--only='))?.slice('--only='.length);
  const ends: (() => Promise<unknown>)[] = [];
  const endAll = () => Promise.allSettled(ends.splice(0).map((end) => end()));
  process.once('SIGINT', () => void endAll().then(() => process.exit(130)));
  const measures: Measure[] = [];
  let hasFailed = false;
  try {
    const setting = await startComputeSetting(ends);
    for (const [name, measure] of Object.entries(measuresByName)) {
      if (only !== undefined && !only.split(',').includes(name)) continue;
      try {
        measures.push(...(await measure(setting)));
      } catch (error) {
        // It is told, and the others are taken all the same.
        hasFailed = true;
        console.error(`Cannot measure "${name}":`, error);
      }
    }
  } finally {
    await endAll();
  }
  console.log(asJson ? formatJsonLines(measures) : formatTable(measures));
  process.exitCode = !hasFailed && measures.every(meetsBound) ? 0 : 1;
}

await main();
