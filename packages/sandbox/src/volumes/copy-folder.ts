import { requireTool, runTool } from './run-tool.ts';
import type { VolumeTools } from './volume-tools.ts';

/**
 * Everything in a folder, with owners, modes, times, links and holes; links are copied, never
 * followed. Where the file system can share blocks, nothing is written twice.
 */
export async function copyFolder(
  tools: VolumeTools,
  source: string,
  target: string,
): Promise<void> {
  const words = ['--archive', '--reflink=auto', '--sparse=auto', '--no-target-directory'];
  await runTool(requireTool(tools, 'cp'), [...words, '--', source, target]);
  await syncFolder(tools, target);
}

/** Resolves when everything on the file system of that folder is on the disk. */
export async function syncFolder(tools: VolumeTools, folder: string): Promise<void> {
  await runTool(requireTool(tools, 'sync'), ['--file-system', '--', folder]);
}
