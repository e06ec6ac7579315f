import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { changedFiles } from './changed-files.ts';
import { resolveCommit } from './commits.ts';
import { checkFilePath, pathList } from './file-path.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { checkNotebooksToStrip } from './strip-check.ts';

/**
 * With `update-index`: `git add` would ask every submodule for its status, with the submodule's own
 * configuration.
 */
export async function stageFiles(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  files: readonly string[],
): Promise<void> {
  const paths = files.map((file) => {
    if (file.endsWith('/')) throw nestedRepository(file);
    return checkFilePath(home, file);
  });
  if (repository.configuration.stripsOutputs) await checkNotebooksToStrip(home, repository, paths);
  await git.demand('stage the files', {
    repository,
    parameters: ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'],
    input: pathList(paths),
  });
}

/** A file staged under a new name is two changes; both are taken back. */
export async function unstageFiles(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  files: readonly string[],
): Promise<void> {
  const paths = new Set(files.map((file) => checkFilePath(home, file)));
  // Before the first commit nothing can have been renamed.
  const isBorn = (await resolveCommit(git, repository, 'HEAD')) !== undefined;
  for (const { oldPath, path } of isBorn ? await changedFiles(git, repository, 'staged') : []) {
    if (oldPath !== null && paths.has(path)) paths.add(oldPath);
  }
  await git.demand('unstage the files', {
    repository,
    parameters: ['reset', '--quiet', '--pathspec-from-file=-', '--pathspec-file-nul'],
    input: pathList(paths),
  });
}

function nestedRepository(file: string): AgentError {
  return new AgentError(
    'Refused',
    `Cannot stage "${file}": the folder is a Git repository of its own. Add it as a submodule in a terminal, or to .gitignore`,
  );
}
