import type { GitAnswer } from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { gitFailure } from './git-failure.ts';
import { committer } from './identity.ts';
import { conflictsLeft, hasConflicts } from './merge.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { settleStripped } from './stripped-changes.ts';
import { findPopulatedSubmodule, leftToTerminal } from './submodules.ts';

type Stash = GitAnswer<'stashes'>['stashes'][number];

export async function listStashes(git: Git, repository: Repository): Promise<Stash[]> {
  const output = await git.demand('list the stashes', {
    repository,
    isRead: true,
    parameters: ['stash', 'list', '-z', '--format=%cI%x00%gs'],
  });
  const fields = output.toString('utf8').split('\0');
  const stashes: Stash[] = [];
  for (let start = 0; start + 1 < fields.length; start += 2) {
    const [createdAt = '', message = ''] = fields.slice(start, start + 2);
    stashes.push({ index: start / 2, message, createdAt });
  }
  return stashes;
}

/** What git tracks; untracked files stay where they are. */
export async function stashChanges(
  git: Git,
  repository: Repository,
  message: string,
): Promise<void> {
  await refuseSubmodules(git, repository);
  const before = await lastStash(git, repository);
  await git.demand('stash the changes', {
    repository,
    parameters: ['stash', 'push', '--quiet', ...(message === '' ? [] : [`--message=${message}`])],
    environment: await committer(git),
  });
  if ((await lastStash(git, repository)) !== before) return;
  throw new AgentError('NothingToCommit', 'There is nothing to stash: no tracked file has changed');
}

export async function applyStash(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  request: { index: number; drops: boolean },
): Promise<void> {
  await settleStripped(git, home, repository);
  await refuseSubmodules(git, repository);
  await requireStash(git, repository, request.index);
  const result = await git.run({
    repository,
    parameters: ['stash', request.drops ? 'pop' : 'apply', '--quiet', `stash@{${request.index}}`],
    environment: await committer(git),
  });
  if (result.exitCode === 0) return;
  if (await hasConflicts(git, repository)) throw conflictsLeft('Applied the stash and kept it');
  throw gitFailure(result, 'apply the stash');
}

export async function dropStash(git: Git, repository: Repository, index: number): Promise<void> {
  await requireStash(git, repository, index);
  await git.demand('drop the stash', {
    repository,
    parameters: ['stash', 'drop', '--quiet', `stash@{${index}}`],
  });
}

async function refuseSubmodules(git: Git, repository: Repository): Promise<void> {
  const submodule = await findPopulatedSubmodule(git, repository);
  if (submodule !== undefined) throw leftToTerminal('stash', submodule);
}

async function requireStash(git: Git, repository: Repository, index: number): Promise<void> {
  const stashes = await listStashes(git, repository);
  if (index < stashes.length) return;
  throw new AgentError('NotFound', `There is no stash ${index}`);
}

async function lastStash(git: Git, repository: Repository): Promise<string> {
  const { output } = await git.run({
    repository,
    isRead: true,
    parameters: ['rev-parse', '--verify', '--quiet', 'refs/stash'],
  });
  return output.toString('utf8');
}
