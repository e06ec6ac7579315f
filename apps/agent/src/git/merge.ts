import { join } from 'node:path';
import type { GitAnswer } from '@strongroom/contracts';
import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { resolveCommit } from './commits.ts';
import { gitFailure } from './git-failure.ts';
import { committer, committerIfKnown } from './identity.ts';
import { refuseOverwriting } from './overwritten-files.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { settleStripped } from './stripped-changes.ts';
import { findPopulatedSubmodule, leftToTerminal } from './submodules.ts';

export type MergeOutcome = GitAnswer<'merge'>['outcome'];

/** Into the current branch; a full reference. Notebooks are merged by cell (notebook-driver.ts). */
export async function mergeReference(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  reference: string,
): Promise<MergeOutcome> {
  await settleStripped(git, home, repository);
  const before = await resolveCommit(git, repository, 'HEAD');
  const isUnderWay = (await statEntry(join(repository.gitFolder, 'MERGE_HEAD'))) !== undefined;
  if (before !== undefined && !isUnderWay) {
    await refuseOverwriting(git, repository, { head: before, reference });
  }
  // Git looks into them before every merge that is more than a step forward.
  const submodule = await findPopulatedSubmodule(git, repository);
  const result = await git.run({
    repository,
    parameters: [
      ...([
        'merge',
        submodule === undefined ? '--ff' : '--ff-only',
        '--commit',
        '--no-squash',
        '--no-verify',
      ] as const),
      ...(['--no-stat', '-m', messageFor(reference), '--end-of-options', reference] as const),
    ],
    // A merge that only moves the branch forward needs nobody's name.
    environment: await committerIfKnown(git),
  });
  if (result.exitCode === 1 && (await hasConflicts(git, repository))) return 'conflicts';
  if (result.exitCode !== 0 && submodule !== undefined) throw leftToTerminal('merge', submodule);
  if (result.exitCode !== 0) throw gitFailure(result, 'merge');
  const after = await resolveCommit(git, repository, 'HEAD');
  return after === before ? 'already-up-to-date' : 'merged';
}

/** As git words it where it is given the short name, which a tag could have too. */
function messageFor(reference: string): string {
  const [, kind, name] = /^refs\/(heads|remotes)\/(.+)$/s.exec(reference) ?? [];
  return `Merge ${kind === 'remotes' ? 'remote-tracking ' : ''}branch '${name ?? reference}'`;
}

export async function continueMerge(
  git: Git,
  repository: Repository,
  message: string | undefined,
): Promise<void> {
  await requireMerge(repository, 'continue');
  if (await hasConflicts(git, repository)) throw conflictsLeft('Cannot end the merge');
  const text = message?.trim() ?? '';
  await git.demand('end the merge', {
    repository,
    parameters: [
      ...(['commit', '--no-verify', '--no-edit'] as const),
      // Git's own message lists the conflicts in lines that are comments.
      ...(text === '' ? ['--cleanup=strip'] : ['--cleanup=whitespace', '--file=-']),
    ],
    input: text,
    environment: await committer(git),
  });
}

export async function abortMerge(git: Git, repository: Repository): Promise<void> {
  await requireMerge(repository, 'abort');
  await git.demand('abort the merge', { repository, parameters: ['merge', '--abort'] });
}

/** A rebase is not continued here: its list of what is left may run programs. */
async function requireMerge(repository: Repository, action: string): Promise<void> {
  if ((await statEntry(join(repository.gitFolder, 'MERGE_HEAD'))) !== undefined) return;
  throw new AgentError(
    'GitFailed',
    `Cannot ${action} a merge: none is under way. A rebase or cherry-pick is ended in a terminal`,
  );
}

export async function hasConflicts(git: Git, repository: Repository): Promise<boolean> {
  let found = false;
  await git.run({
    repository,
    isRead: true,
    parameters: ['ls-files', '--unmerged', '-z'],
    onOutput: () => {
      found = true;
      return false;
    },
  });
  return found;
}

export function conflictsLeft(action: string): AgentError {
  return new AgentError('Conflicts', `${action}: some files have conflicts. Resolve them first`);
}
