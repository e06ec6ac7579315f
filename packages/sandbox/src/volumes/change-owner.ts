import { lstat } from 'node:fs/promises';
import { requireTool, runTool } from './run-tool.ts';
import type { VolumeTools } from './volume-tools.ts';

/**
 * Where the person has another uid than before (removed with the files kept, then added again), the
 * files get it too. Links are changed, never followed.
 */
export async function changeOwner(
  tools: VolumeTools,
  folder: string,
  hostUid: number | undefined,
): Promise<void> {
  const { uid } = await lstat(folder);
  if (hostUid === undefined || uid === hostUid) return;
  const options = ['--recursive', '--no-dereference', '-P', `--from=${uid}`];
  const words = [...options, `${hostUid}:${hostUid}`, '--', folder];
  await runTool(requireTool(tools, 'chown'), words);
}

/**
 * All of it, whoever owns it now: gocryptfs runs as the person, and gives nobody anything else. Links
 * are changed, never followed.
 */
export async function giveTo(
  tools: VolumeTools,
  hostUid: number | undefined,
  paths: readonly string[],
): Promise<void> {
  if (hostUid === undefined) return;
  const words = ['--recursive', '--no-dereference', '-P', `${hostUid}:${hostUid}`, '--', ...paths];
  await runTool(requireTool(tools, 'chown'), words);
}
