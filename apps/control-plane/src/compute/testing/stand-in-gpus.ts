import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the stand-in answers about one GPU. */
export interface StandInGpu {
  readonly index: number;
  /** Of its device file; another than the index, as on machines that hide some. */
  readonly minor: number;
  readonly isDivided?: boolean;
  /** Whether the driver tells which device is its. */
  readonly isKnown?: boolean;
}

/**
 * A machine with GPUs, for this repository's own reading of one: a program named `nvidia-smi` on a
 * search path, device files (`/dev/zero` in their place) and what the driver tells below `/proc`.
 */
export async function makeStandInGpus(gpus: readonly StandInGpu[], script?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-gpus-'));
  const [programs, devicesFolder, driverFolder] = ['bin', 'dev', 'driver'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  for (const each of [programs, devicesFolder]) await mkdir(each);
  await writeFile(join(programs, 'nvidia-smi'), script ?? answersFor(gpus), { mode: 0o755 });
  for (const name of ['nvidiactl', 'nvidia-uvm', ...gpus.map(({ minor }) => `nvidia${minor}`)]) {
    await symlink('/dev/zero', join(devicesFolder, name));
  }
  for (const { index, minor, isKnown = true } of gpus) {
    if (!isKnown) continue;
    const place = join(driverFolder, 'gpus', `0000:0${index}:1e.0`);
    await mkdir(place, { recursive: true });
    const text = `Model: \t\t Test GPU\nBus Location: \t 0000:0${index}:1e.0\nDevice Minor: \t ${minor}\n`;
    await writeFile(join(place, 'information'), text);
  }
  return {
    ...{ devicesFolder, driverFolder, folder },
    searchPath: `${programs}:/usr/bin:/bin`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function answersFor(gpus: readonly StandInGpu[]): string {
  const rows = gpus.map(
    ({ index, isDivided = false }) =>
      `${index}, GPU-0000-${index}, Test GPU ${index}, 16384, 00000000:0${index}:1E.0, ${isDivided ? 'Enabled' : '[N/A]'}`,
  );
  const uses = gpus.map(({ index }) => `${index}, ${index === 0 ? '37' : '[N/A]'}, 512`);
  return `#!/bin/sh
case "$1" in
  *utilization*) printf '%s\\n' ${uses.map((row) => `'${row}'`).join(' ')} ;;
  *) printf '%s\\n' ${rows.map((row) => `'${row}'`).join(' ')} ;;
esac
`;
}
