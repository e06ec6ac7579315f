import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

const prefix = 'refs/heads/';

/** The branch that is checked out, also before its first commit; `undefined` where HEAD is detached. */
export async function currentBranch(git: Git, repository: Repository): Promise<string | undefined> {
  const { exitCode, output } = await git.run({
    repository,
    isRead: true,
    parameters: ['symbolic-ref', '--quiet', 'HEAD'],
  });
  const reference = output.toString('utf8').trim();
  return exitCode === 0 && reference.startsWith(prefix)
    ? reference.slice(prefix.length)
    : undefined;
}
