import type { Readable } from 'node:stream';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { gitFailure } from '../git/run-git.ts';
import type { Repository } from '../repository.ts';
import { type FilePlace, readStoredFile } from './read-file.ts';
import { requirePath, requireRevision, resolveCommit } from './revisions.ts';

const script = `${resolveCommit}
exec git cat-file blob "$commit:$2"`;

/** The content as it comes, whatever its size. */
export async function openFile(
  sandboxes: GitSandboxes,
  repository: Repository,
  { revision = repository.defaultBranch, path }: FilePlace,
): Promise<{ readonly sizeBytes: number; readonly stream: Readable }> {
  const { repositoryId } = repository;
  // By the commit, so that both are of one file where the branch moves meanwhile.
  const { commit, sizeBytes } = await readStoredFile(sandboxes, repository, { revision, path }, 0);
  const git = await sandboxes.start({
    ...{ repositoryId, mode: 'read-only', script },
    arguments: [requireRevision(commit.commitId), requirePath(path)],
  });
  git.input.end();
  git.output.once('close', () => git.stop());
  void git.ended.then(({ exitCode }) => {
    if (exitCode !== 0) git.output.destroy(gitFailure(git.complaint()));
  });
  return { sizeBytes, stream: git.output };
}
