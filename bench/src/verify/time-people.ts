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
  const { folder: out, templates } = await synthesize(
    folder,
    `people-${peopleCount}`,
    peopleDomain(peopleCount),
  );
  const { exitCode } = await runAws(['verify', '--folder', out, '--out', join(out, 'report.txt')]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const largest = Math.max(
    ...Object.values(templates).map(({ Resources }) => Object.keys(Resources).length),
  );
  const none = { peer: null, peerName: null } as const;
  return [
    {
      ...{ measure: `synth and verify, ${peopleCount} people`, unit: 's', ours: seconds, ...none },
      bound: { kind: 'value', most: mostSeconds },
    },
    {
      ...{ measure: `resources of the largest of ${Object.keys(templates).length} stacks` },
      ...{ unit: 'count', ours: largest, ...none, bound: { kind: 'value', most: mostResources } },
    },
    {
      ...{
        measure: `exit code of verify, ${peopleCount} people`,
        unit: '',
        ours: exitCode,
        ...none,
      },
      bound: { kind: 'value', most: 1 },
    },
  ];
}
