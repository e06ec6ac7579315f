import { startDomain } from '@strongroom/tests/support/running-domain.ts';
import { RunningHub } from './jupyterhub/running-hub.ts';
import type { BenchSetting } from './measures/bench-setting.ts';
import { measureFirstResult } from './measures/first-result.ts';
import { measureHibernation } from './measures/hibernation.ts';
import { measureIdleMemory } from './measures/idle-memory.ts';
import { measureLabPage } from './measures/lab-page.ts';
import { manyStudioNames, measureManyStudios } from './measures/many-studios.ts';
import { measurePrints } from './measures/prints.ts';
import { measureRoundTrip } from './measures/round-trip.ts';
import { type Measure, meetsBound } from './report/measure.ts';
import { formatJsonLines, formatTable } from './report/print.ts';
import { domainFile } from './strongroom/domain-file.ts';

const measuresByName = {
  'first-result': measureFirstResult,
  'round-trip': measureRoundTrip,
  'idle-memory': measureIdleMemory,
  hibernation: measureHibernation,
  'lab-page': measureLabPage,
  prints: measurePrints,
  'many-studios': measureManyStudios,
} as const;

/** `npm run bench:launch [-- --json] [-- --only=<name>,…]` */
async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const only = process.argv.find((option) => option.startsWith('--only='))?.slice('--only='.length);
  const chosen = Object.entries(measuresByName).filter(
    ([name]) => only === undefined || only.split(',').includes(name),
  );
  const { measures, failed } = await runAll(chosen);
  console.log(asJson ? formatJsonLines(measures) : formatTable(measures));
  process.exitCode = !failed && measures.every(meetsBound) ? 0 : 1;
}

type NamedMeasure = [name: string, measure: (setting: BenchSetting) => Promise<Measure[]>];

/** A measure that fails is told, and the others are taken all the same. */
async function runAll(
  chosen: readonly NamedMeasure[],
): Promise<{ measures: Measure[]; failed: boolean }> {
  const ends: (() => Promise<unknown>)[] = [];
  const endAll = () => Promise.allSettled(ends.splice(0).map((end) => end()));
  process.once('SIGINT', () => void endAll().then(() => process.exit(130)));
  try {
    const setting = await startBoth(ends);
    const measures: Measure[] = [];
    let failed = false;
    for (const [name, measure] of chosen) {
      try {
        measures.push(...(await measure(setting)));
      } catch (error) {
        failed = true;
        console.error(`Cannot measure "${name}":`, error);
      }
    }
    return { measures, failed };
  } finally {
    await endAll();
  }
}

async function startBoth(ends: (() => Promise<unknown>)[]): Promise<BenchSetting> {
  const hub = await RunningHub.start();
  ends.push(() => hub.stop());
  const start = async (
    prestart: 'nothing' | 'server-and-kernel',
    hibernateAfterMinutes: number,
    profileNames: readonly string[],
  ) => {
    const text = domainFile({ profileNames, prestart, hibernateAfterMinutes });
    const domain = await startDomain({ domainFile: text });
    ends.push(() => domain.remove());
    return domain;
  };
  const rounds = (name: string, count: number) =>
    Array.from({ length: count }, (_, round) => `${name}-${round}`);
  return {
    hub,
    coldDomain: await start('nothing', 60, [
      ...rounds('first', 5),
      ...['round-trip', 'memory', 'page', 'prints'],
      ...manyStudioNames(),
    ]),
    prestartDomain: await start('server-and-kernel', 60, rounds('first', 5)),
    hibernatingDomain: await start('nothing', 0.05, rounds('asleep', 3)),
    say: (text) => console.error(`… ${text}`),
  };
}

await main();
