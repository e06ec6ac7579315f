import type { GitBranch } from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { resolveCommit } from './commits.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { settleStripped } from './stripped-changes.ts';
import { removeUpstream, saveUpstream } from './upstream.ts';

const headsPrefix = 'refs/heads/';
const remotesPrefix = 'refs/remotes/';

export async function listBranches(git: Git, repository: Repository): Promise<GitBranch[]> {
  const format = ['%(refname)', '%(objectname)', '%(upstream:short)', '%(symref)', '%(HEAD)'];
  const output = await git.demand('list the branches', {
    repository,
    isRead: true,
    parameters: ['for-each-ref', `--format=${format.join('%00')}`, headsPrefix, remotesPrefix],
  });
  return output
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [reference = '', commitId = '', upstream = '', target = '', mark = ''] =
        line.split('\0');
      // `origin/HEAD` is another name of a branch that is listed anyway.
      if (reference === '' || target !== '') return [];
      const isRemote = reference.startsWith(remotesPrefix);
      const name = reference.slice((isRemote ? remotesPrefix : headsPrefix).length);
      return [{ name, isRemote, commitId, isCurrent: mark === '*', upstream: upstream || null }];
    });
}

/** A local branch, or one of a remote (`origin/main`). Throws `NotFound`. */
export async function resolveBranch(
  git: Git,
  repository: Repository,
  name: string,
): Promise<{ reference: string; commitId: string; isRemote: boolean }> {
  checkBranchName(name);
  for (const prefix of [headsPrefix, remotesPrefix]) {
    const reference = `${prefix}${name}`;
    const commitId = await resolveCommit(git, repository, reference);
    if (commitId !== undefined) {
      return { reference, commitId, isRemote: prefix === remotesPrefix };
    }
  }
  throw new AgentError('NotFound', `There is no branch "${name}"`);
}

export async function createBranch(
  git: Git,
  repository: Repository,
  request: { name: string; from?: string | undefined },
): Promise<void> {
  const { name, from = 'HEAD' } = request;
  checkBranchName(name);
  const start = from.startsWith('-') ? undefined : await resolveCommit(git, repository, from);
  if (start === undefined) {
    throw new AgentError(
      from === 'HEAD' ? 'GitFailed' : 'NotFound',
      from === 'HEAD'
        ? 'Cannot create a branch before the first commit'
        : `There is no branch or commit "${from}"`,
    );
  }
  await git.demand(`create the branch "${name}"`, {
    repository,
    parameters: ['branch', '--no-track', '--end-of-options', name, start],
  });
}

/** A branch of a remote is switched to as a local one that follows it. */
export async function switchBranch(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  name: string,
): Promise<void> {
  await settleStripped(git, home, repository);
  const branch = await resolveBranch(git, repository, name);
  const local = branch.isRemote ? splitRemoteBranch(repository, name) : undefined;
  if (local === undefined) {
    await switchTo(git, repository, [name]);
    return;
  }
  const reference = `${headsPrefix}${local.name}`;
  if ((await resolveCommit(git, repository, reference)) !== undefined) {
    await switchTo(git, repository, [local.name]);
    return;
  }
  await switchTo(git, repository, ['--create', local.name, '--no-track', branch.reference]);
  await saveUpstream(git, repository, local.name, { remote: local.remote, reference });
}

/**
 * `--no-overwrite-ignore`: what .gitignore names is somebody's work too. `--quiet`: git would list what
 * is changed, and ask submodules for that, with their own configuration.
 */
async function switchTo(git: Git, repository: Repository, rest: readonly string[]): Promise<void> {
  await git.demand('switch the branch', {
    repository,
    parameters: [
      ...(['switch', '--no-guess', '--no-overwrite-ignore', '--no-recurse-submodules'] as const),
      ...(['--quiet', ...rest] as const),
    ],
  });
}

export async function deleteBranch(
  git: Git,
  repository: Repository,
  request: { name: string; force: boolean },
): Promise<void> {
  const { name, force } = request;
  checkBranchName(name);
  await git.demand(`delete the branch "${name}"`, {
    repository,
    parameters: ['branch', '--delete', ...(force ? ['--force'] : []), '--end-of-options', name],
  });
  await removeUpstream(git, repository, name);
}

function splitRemoteBranch(
  repository: Repository,
  name: string,
): { remote: string; name: string } | undefined {
  const remote = repository.configuration.remotes.find((one) => name.startsWith(`${one.name}/`));
  if (remote === undefined) return undefined;
  return { remote: remote.name, name: name.slice(remote.name.length + 1) };
}

/** git-check-ref-format(1); what begins with `-` would be an option. */
function checkBranchName(name: string): void {
  const isWrong =
    /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$|^@$|^HEAD$/u.test(name) ||
    name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'));
  if (!isWrong) return;
  throw new AgentError(
    'InvalidRequest',
    `Cannot use "${name}" as the name of a branch: no spaces, and none of ~ ^ : ? * [ \\ .. in it, no "-" or "." at its beginning`,
  );
}
