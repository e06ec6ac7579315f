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
 * No peer meters. A process that wakes for a timer costs something by itself, on a virtual machine that
 * does nothing else more than the meter: what the same process takes without apps is measured first.
 */
export async function measureMetering({ say }: Pick<ComputeSetting, 'say'>): Promise<Measure[]> {
  say(`metering of no app and of ${appCount}, ${seconds} seconds each`);
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-metering-'));
  try {
    const program = resolve(import.meta.dirname, 'metering-program.js');
    const words = [program, folder, String(appCount), String(seconds)];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    const { without, metered } = JSON.parse(stdout) as { without: number; metered: number };
    return [
      {
        measure: `process that meters ${appCount} apps, processor time in each second`,
        unit: 'ms',
        ...{ ours: 1000 * metered, peer: 1000 * without, peerName: 'the same, no app runs' },
        bound: { kind: 'difference', most: 10 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
