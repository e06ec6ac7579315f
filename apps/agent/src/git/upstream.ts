import { join } from 'node:path';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

/**
 * What git would write into the configuration goes to the repository's own file this way: the one
 * that git reads here is a copy (see common-folder.ts).
 */
export async function saveUpstream(
  git: Git,
  repository: Repository,
  branch: string,
  upstream: { remote: string; reference: string },
): Promise<void> {
  await saveSetting(git, repository, `branch.${branch}.remote`, upstream.remote);
  await saveSetting(git, repository, `branch.${branch}.merge`, upstream.reference);
}

export async function removeUpstream(
  git: Git,
  repository: Repository,
  branch: string,
): Promise<void> {
  // There may be none, which git says by its exit code.
  await git.run({
    parameters: ['config', '--file', fileOf(repository), '--remove-section', `branch.${branch}`],
  });
}

export async function saveSetting(
  git: Git,
  repository: Repository,
  key: string,
  value: string,
): Promise<void> {
  await git.demand('save the settings of the repository', {
    parameters: ['config', '--file', fileOf(repository), '--replace-all', key, value],
  });
}

function fileOf(repository: Repository): string {
  return join(repository.commonFolder, 'config');
}
