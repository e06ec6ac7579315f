import { mkdir, realpath, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostSetup } from '../host-setup.ts';
import { mountPointsUnder } from './mount-table.ts';
import { requireTool, runTool } from './run-tool.ts';

/** The folder in which volumes are mounted. */
export interface MountGround {
  /** The file system that all of it is in, where it is one of its own. */
  readonly folder: string | undefined;
  /** An empty folder to mount on. */
  makePoint(name: string): Promise<string>;
  /** Takes what is mounted there away, also where somebody uses it, and the point with it. */
  unmount(point: string): Promise<void>;
  /** Takes everything away. */
  close(): Promise<void>;
}

/**
 * Unmounts first what a killed process left there.
 *
 * As root the folder is a small file system of its own, so that one unmount lets go of all that is
 * mounted in it: the launcher of a sandbox does that in its own namespace, or the homes that were
 * mounted when a studio started would stay open for as long as that studio runs.
 */
export async function openMountGround(folder: string, setup: HostSetup): Promise<MountGround> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ground = await realpath(folder);
  await unmountUnder(ground, setup);
  const isRoot = setup.mode === 'root';
  if (isRoot) {
    const options = 'mode=0700,size=1m,nosuid,nodev,noexec';
    const words = ['-t', 'tmpfs', '-o', options, '--make-private', 'strongroom-homes', ground];
    await runTool(setup.tools.mount, words);
  }
  return {
    folder: isRoot ? ground : undefined,
    async makePoint(name) {
      const point = join(ground, name);
      await mkdir(point, { recursive: true, mode: 0o700 });
      return point;
    },
    async unmount(point) {
      await unmountOne(point, setup);
      await rmdir(point).catch(() => undefined);
    },
    close: () => unmountUnder(ground, setup),
  };
}

type Unmounting = Pick<HostSetup, 'mode' | 'volumeTools'>;

/** Every mount at and under the folder, also where somebody uses it. */
export async function unmountUnder(folder: string, setup: Unmounting): Promise<void> {
  for (const point of await mountPointsUnder(folder)) {
    await unmountOne(point, setup).catch(() => undefined);
  }
}

async function unmountOne(point: string, setup: Unmounting): Promise<void> {
  const { volumeTools } = setup;
  if (setup.mode === 'root') {
    await runTool(requireTool(volumeTools, 'umount'), ['--lazy', point]);
    return;
  }
  await runTool(requireTool(volumeTools, 'fusermount3'), ['-u', '-z', point]);
}
