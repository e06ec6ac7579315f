import { open } from 'node:fs/promises';
import type { HostSetup } from '../host-setup.ts';
import { requireTool, runTool } from './run-tool.ts';

/** Nothing is allocated but what is written: the file is as small as what it holds. */
export async function makeImage(setup: HostSetup, file: string, sizeBytes: number): Promise<void> {
  const program = requireTool(setup.volumeTools, 'mkfs.ext4');
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.truncate(sizeBytes);
  } finally {
    await handle.close();
  }
  // No blocks are kept for root: the quota is the person's.
  await runTool(program, ['-q', '-F', '-m', '0', file]);
}

/**
 * Also where it is only read: after a crash its journal has to be played back first.
 *
 * @throws {VolumeError} `MountFailed`
 */
export async function mountImage(
  setup: HostSetup,
  options: { readonly file: string; readonly point: string },
): Promise<void> {
  const { file, point } = options;
  // What is deleted in the home is given back to the disk (discard).
  const flags = 'loop,nodev,nosuid,noexec,noatime,discard';
  const mount = () => runTool(setup.tools.mount, ['-t', 'ext4', '-o', flags, file, point]);
  try {
    await mount();
  } catch {
    const checker = requireTool(setup.volumeTools, 'e2fsck');
    // e2fsck(8): 1 is that everything was mended.
    await runTool(checker, ['-p', file], { allowedCodes: [1] });
    await mount();
  }
}
