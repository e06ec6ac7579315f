import { gitFailure } from './git-failure.ts';
import { committer } from './identity.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

/** `#` begins no comment in what a person wrote in a dialog. */
const commitParameters = ['commit', '--no-verify', '--cleanup=whitespace', '--file=-'];

export async function commit(
  git: Git,
  repository: Repository,
  request: { message: string; amends: boolean },
): Promise<string> {
  await git.demand('commit', {
    repository,
    parameters: [...commitParameters, ...(request.amends ? ['--amend'] : [])],
    input: request.message,
    environment: await committer(git),
  });
  const commitId = await resolveCommit(git, repository, 'HEAD');
  if (commitId === undefined) throw gitFailure(noResult, 'find the new commit');
  return commitId;
}

const noResult = { exitCode: 1, output: Buffer.alloc(0), errorText: '' };

export async function readLastMessage(git: Git, repository: Repository): Promise<string> {
  if ((await resolveCommit(git, repository, 'HEAD')) === undefined) return '';
  const output = await git.demand('read the last message', {
    repository,
    isRead: true,
    parameters: ['log', '-1', '--format=%B', 'HEAD', '--'],
  });
  return output.toString('utf8').trimEnd();
}

/** The id of what the revision names, or `undefined`. */
export async function resolveCommit(
  git: Git,
  repository: Repository,
  revision: string,
): Promise<string | undefined> {
  const { exitCode, output } = await git.run({
    repository,
    isRead: true,
    parameters: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
  });
  return exitCode === 0 ? output.toString('utf8').trim() : undefined;
}
