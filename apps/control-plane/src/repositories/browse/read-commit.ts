import type { ChangedFile, RepositoryCommitDetails } from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository } from '../repository.ts';
import { type ChangedPath, changedPaths } from './changed-paths.ts';
import { commitFormat, splitCommit } from './commit-fields.ts';
import { requireRevision, resolveCommit } from './revisions.ts';
import { splitPatches } from './split-patches.ts';

/** `$parent`: the first one, or a tree without files. */
export const findParent = `
parent=$(git rev-parse --verify --quiet --end-of-options "$commit^1") ||
parent=4b825dc642cb6eb9a060e54bf8d69288fbee4904
`;
const script = `${resolveCommit}${findParent}
git log -1 -z '${commitFormat}' "$commit" -- || exit
git diff-tree -r -z -M --raw --numstat "$parent" "$commit" -- || exit
printf '\\0'
git diff-tree -r -M -p --no-color --no-ext-diff --no-textconv "$parent" "$commit" --`;

const maximumBytes = 8 * 1024 ** 2;
const maximumFiles = 300;
const maximumPatchCharacters = 200_000;

/** Against its first parent. @throws {StrongroomError} `RevisionNotFound` */
export async function readCommit(
  sandboxes: GitSandboxes,
  { repositoryId }: Repository,
  commitId: string,
): Promise<RepositoryCommitDetails> {
  const output = await runGit(sandboxes, {
    ...{ repositoryId, mode: 'read-only', script, maximumBytes },
    arguments: [requireRevision(commitId)],
  });
  const { commit, rest } = splitCommit(output);
  const { paths, end } = changedPaths(rest);
  const isCut = output.length === maximumBytes;
  const patches = splitPatches(rest.subarray(end).toString('utf8'), { paths, isCut });
  const files = paths.slice(0, maximumFiles).map((path, index) => fileOf(path, patches[index]));
  return { commit, files, fileCount: paths.length };
}

function fileOf(path: ChangedPath, patch: string | undefined): ChangedFile {
  const { oldPath, newPath, status, addedLines, deletedLines } = path;
  const isNotebook = (newPath ?? oldPath ?? '').endsWith('.ipynb');
  const isBinary = addedLines === null;
  const isShown = !isNotebook && !isBinary && (patch?.length ?? 0) <= maximumPatchCharacters;
  return {
    ...{ oldPath, newPath, status, addedLines, deletedLines, isBinary, isNotebook },
    patch: isShown ? (patch ?? null) : null,
  };
}
