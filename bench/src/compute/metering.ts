import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Measure } from '../report/measure.ts';
import type { ComputeSetting } from './compute-setting.ts';

const appCount = 1_000;
/** As long as it takes until each app was looked at, once. */
const seconds = 120;

/**
 * What it takes to count 1,000 running apps to the second and to judge whether they work, of one processor.
 * No peer meters: the bound stands for itself.
 */
export async function measureMetering({ say }: Pick<ComputeSetting, 'say'>): Promise<Measure[]> {
  say(`metering of ${appCount} apps, ${seconds} seconds`);
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-metering-'));
  try {
    const program = resolve(import.meta.dirname, 'metering-program.js');
    const words = [program, folder, String(appCount), String(seconds)];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    const { cpuSeconds, elapsedSeconds } = JSON.parse(stdout) as {
      cpuSeconds: number;
      elapsedSeconds: number;
    };
    return [
      {
        measure: `metering of ${appCount} apps, processor time in each second`,
        unit: 'ms',
        ours: (1000 * cpuSeconds) / elapsedSeconds,
        ...{ peer: null, peerName: null },
        bound: { kind: 'value', most: 10 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
