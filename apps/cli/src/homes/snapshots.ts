import {
  homeSnapshotRestorationSchema,
  homeSnapshotSchema,
  homeSnapshotsSchema,
  profileNameSchema,
} from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';

interface OfHome {
  readonly dataFolder: string;
  readonly profileName: string;
}

export async function createSnapshot(
  terminal: Terminal,
  options: OfHome & { readonly stopStudio?: boolean },
): Promise<void> {
  const body = { stopStudio: options.stopStudio ?? false };
  const question = { method: 'POST', path: snapshotsPath(options), body } as const;
  const { snapshotId } = await askOperator(options.dataFolder, question, homeSnapshotSchema);
  terminal.print(`Made the snapshot ${snapshotId}`);
}

export async function listSnapshots(
  terminal: Terminal,
  options: OfHome & { readonly json?: boolean },
): Promise<void> {
  const question = { method: 'GET', path: snapshotsPath(options) } as const;
  const { snapshots } = await askOperator(options.dataFolder, question, homeSnapshotsSchema);
  if (options.json === true) {
    terminal.print(JSON.stringify(snapshots, null, 2));
    return;
  }
  for (const { snapshotId, createdAt } of snapshots) terminal.print(`${snapshotId}  ${createdAt}`);
  if (snapshots.length === 0) terminal.print('This home has no snapshot');
}

export async function restoreSnapshot(
  terminal: Terminal,
  options: OfHome & { readonly snapshot: string; readonly to?: string },
): Promise<void> {
  const body = { target: options.to ?? `restored-${options.snapshot}` };
  const path = `${snapshotPath(options)}/restore`;
  const question = { method: 'POST', path, body } as const;
  const answer = await askOperator(options.dataFolder, question, homeSnapshotRestorationSchema);
  terminal.print(`Restored to ${answer.target} in the home of ${options.profileName}`);
}

export async function deleteSnapshot(
  terminal: Terminal,
  options: OfHome & { readonly snapshot: string },
): Promise<void> {
  const question = { method: 'DELETE', path: snapshotPath(options) } as const;
  await askOperator(options.dataFolder, question, { parse: () => undefined });
  terminal.print(`Deleted the snapshot ${options.snapshot}`);
}

function snapshotsPath({ profileName }: OfHome): string {
  const name = profileNameSchema.safeParse(profileName);
  if (!name.success) throw new Error(`Cannot find the profile "${profileName}"`);
  return `/homes/${name.data}/snapshots`;
}

function snapshotPath(options: OfHome & { readonly snapshot: string }): string {
  return `${snapshotsPath(options)}/${encodeURIComponent(options.snapshot)}`;
}
