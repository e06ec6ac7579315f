import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measure } from '../report/measure.ts';
import { runAws, synthesize } from './aws-program.ts';
import { peopleDomain } from './people-domain.ts';

const mostResources = 500;

/** From the domain file to the verdict, in two processes as a person would run them. */
export async function timePeople(
  folder: string,
  peopleCount: number,
  mostSeconds: number,
): Promise<readonly Measure[]> {
  const startedAt = performance.now();
  const {
    folder: out,
    templates,
    cpuSeconds,
  } = await synthesize(folder, `people-${peopleCount}`, peopleDomain(peopleCount));
  const report = join(out, 'report.json');
  const verified = await runAws(['verify', '--folder', out, '--format', 'json', '--out', report]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const largest = Math.max(
    ...Object.values(templates).map(({ Resources }) => Object.keys(Resources).length),
  );
  const none = { peer: null, peerName: null } as const;
  return [
    {
      ...{ measure: `synth and verify, ${peopleCount} people, on one core`, unit: 's', ...none },
      ours: cpuSeconds + verified.cpuSeconds,
      bound: { kind: 'value', most: mostSeconds },
    },
    {
      ...{ measure: 'the same by the clock of a machine that does other things too', unit: 's' },
      ...{ ours: seconds, ...none, bound: null },
    },
    {
      ...{ measure: `resources of the largest of ${Object.keys(templates).length} stacks` },
      ...{ unit: 'count', ours: largest, ...none, bound: { kind: 'value', most: mostResources } },
    },
    {
      ...{ measure: `broken or unknown, ${peopleCount} people`, unit: 'count', ...none },
      ours: await alarmsIn(report),
      bound: { kind: 'value', most: 0 },
    },
  ];
}

async function alarmsIn(report: string): Promise<number> {
  const { counts } = JSON.parse(await readFile(report, 'utf8')) as {
    counts: { broken: number; unknown: number };
  };
  return counts.broken + counts.unknown;
}
