import { StrongroomError } from '@strongroom/contracts';
import type { SandboxHost } from '@strongroom/sandbox';
import { newAppId } from '../studios/app-name.ts';
import { restoreRefusedCode, restoreSpec } from '../studios/sandbox-specs.ts';
import type { HomeSnapshotsOptions } from './home-snapshots.ts';

const keptErrorCharacters = 4096;

/** @throws {StrongroomError} `FileRefused`, `DiskFull`, `HomeUnavailable` */
export function restoreInSandbox(
  sandboxHost: Pick<SandboxHost, 'launch'>,
  hasHostUids: boolean,
): HomeSnapshotsOptions['restore'] {
  return async ({ person, snapshotFolder, homeFolder, target }) => {
    requireRelative(target);
    const hostUid = hasHostUids ? person.hostUid : undefined;
    const sandbox = await sandboxHost.launch(
      restoreSpec({ person, hostUid, snapshotFolder, homeFolder, target, appId: newAppId() }),
    );
    let said = '';
    sandbox.stdout.resume();
    sandbox.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-keptErrorCharacters);
    });
    const { exitCode } = await sandbox.exited;
    if (exitCode === 0) return;
    if (exitCode === restoreRefusedCode)
      throw refused(target, 'it is there already, or its parent is not');
    if (/No space left on device/.test(said)) {
      throw new StrongroomError(
        'DiskFull',
        `Cannot restore to "${target}": the home or disk is full`,
      );
    }
    throw new StrongroomError('HomeUnavailable', `Cannot restore all of it to "${target}"`, {
      cause: new Error(said),
    });
  };
}

function requireRelative(target: string): void {
  const steps = target.split('/');
  const isInside = steps.every((step) => step !== '' && step !== '.' && step !== '..');
  if (!isInside || target.includes('\0')) throw refused(target, 'use a path in the home');
}

function refused(target: string, why: string): StrongroomError {
  return new StrongroomError('FileRefused', `Cannot restore to "${target}": ${why}`);
}
