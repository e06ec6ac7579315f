import { type NotebookVersions, StrongroomError } from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository } from '../repository.ts';
import { changedPaths } from './changed-paths.ts';
import { findParent } from './read-commit.ts';
import { requirePath, requireRevision, resolveCommit } from './revisions.ts';

const findScript = `${resolveCommit}${findParent}
git diff-tree -r -z -M --raw --numstat "$parent" "$commit" --`;
/** Nothing where it is too large for a page. */
const readScript = `
size=$(git cat-file -s "$1") || exit 44
[ "$size" -gt "$2" ] && exit 44
exec git cat-file blob "$1"`;
const maximumBytes = 20 * 1024 ** 2;

/** Both sides of a notebook's change. @throws {StrongroomError} `RevisionNotFound` */
export async function notebookVersions(
  sandboxes: GitSandboxes,
  { repositoryId }: Repository,
  { commitId, path }: { readonly commitId: string; readonly path: string },
): Promise<NotebookVersions> {
  const output = await runGit(sandboxes, {
    ...{ repositoryId, mode: 'read-only', script: findScript },
    arguments: [requireRevision(commitId), requirePath(path)],
  });
  const changed = changedPaths(output).paths.find(
    ({ oldPath, newPath }) => (newPath ?? oldPath) === path,
  );
  if (changed === undefined) {
    throw new StrongroomError('RevisionNotFound', 'Cannot compare: this commit did not change it');
  }
  const read = async (objectId: string): Promise<string | null> => {
    if (/^0+$/.test(objectId)) return null;
    const content = await runGit(sandboxes, {
      ...{ repositoryId, mode: 'read-only', script: readScript, maximumBytes },
      arguments: [objectId, String(maximumBytes)],
    });
    return content.toString('utf8');
  };
  return { before: await read(changed.oldObject), after: await read(changed.newObject) };
}
