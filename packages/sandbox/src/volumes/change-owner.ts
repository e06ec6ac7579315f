import { lstat } from 'node:fs/promises';
import { requireTool, runTool } from './run-tool.ts';
import type { VolumeTools } from './volume-tools.ts';

/**
 * Where the person has another uid than before (removed with the files kept, then added again), the
 * files get it too. Costs no process where they have it already.
 */
export async function changeOwner(
  tools: VolumeTools,
  path: string,
  hostUid: number | undefined,
): Promise<void> {
  const { uid } = await lstat(path);
  if (hostUid === undefined || uid === hostUid) return;
  await chown(tools, [`--from=${uid}`, `${hostUid}:${hostUid}`, '--', path]);
}

/** All of it, whoever owns it now: gocryptfs runs as the person, and gives nobody anything else. */
export async function giveTo(
  tools: VolumeTools,
  hostUid: number | undefined,
  paths: readonly string[],
): Promise<void> {
  if (hostUid === undefined) return;
  await chown(tools, [`${hostUid}:${hostUid}`, '--', ...paths]);
}

/** Links are changed, never followed. */
async function chown(tools: VolumeTools, words: readonly string[]): Promise<void> {
  const options = ['--recursive', '--no-dereference', '-P'];
  await runTool(requireTool(tools, 'chown'), [...options, ...words]);
}
