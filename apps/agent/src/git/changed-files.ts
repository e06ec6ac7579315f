import type { GitFileState } from '@strongroom/contracts';
import { AgentError } from '../http/agent-error.ts';
import { resolveCommit } from './commits.ts';
import { fileStates } from './file-states.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { splitZero } from './zero-separated.ts';

export interface ChangedFile {
  readonly path: string;
  readonly state: GitFileState;
  readonly oldPath: string | null;
}

const comparison = ['-r', '-z', '--name-status', '--find-renames', '--no-ext-diff'];

/** `staged`: HEAD against the index. A commit's id: its first parent against it. */
export async function changedFiles(
  git: Git,
  repository: Repository,
  of: string,
): Promise<ChangedFile[]> {
  const output = await git.demand('list the files', {
    repository,
    isRead: true,
    parameters:
      of === 'staged'
        ? ['diff-index', '--cached', ...comparison, 'HEAD', '--']
        : ['diff-tree', ...comparison, ...(await sidesOf(git, repository, of)), '--'],
  });
  return parseNameStatus(splitZero(output));
}

async function sidesOf(git: Git, repository: Repository, commitId: string): Promise<string[]> {
  if ((await resolveCommit(git, repository, commitId)) === undefined) {
    throw new AgentError('NotFound', `There is no commit "${commitId}"`);
  }
  const parent = await resolveCommit(git, repository, `${commitId}^1`);
  return parent === undefined ? ['--root', '--no-commit-id', commitId] : [parent, commitId];
}

/** `M\0path\0`, and `R100\0old path\0path\0`. */
function parseNameStatus(fields: readonly string[]): ChangedFile[] {
  const files: ChangedFile[] = [];
  for (let index = 0; index < fields.length; ) {
    const letter = fields[index]?.[0] ?? '';
    const hasOldPath = letter === 'R' || letter === 'C';
    const oldPath = hasOldPath ? (fields[index + 1] ?? null) : null;
    const path = fields[index + (hasOldPath ? 2 : 1)];
    if (path !== undefined) files.push({ path, state: fileStates[letter] ?? 'modified', oldPath });
    index += hasOldPath ? 3 : 2;
  }
  return files;
}
