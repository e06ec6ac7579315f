import { join } from 'node:path';
import { statEntry } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { readChanges } from './changes.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { splitZero } from './zero-separated.ts';

const namedFiles = 10;

/**
 * What git would find out too, but late: it then resets the working tree and puts what it had stashed
 * back, as well as it can. And it overwrites without a word the files that .gitignore names, which are
 * often all there is of somebody's data.
 */
export async function refuseOverwriting(
  git: Git,
  repository: Repository,
  sides: { head: string; reference: string },
): Promise<void> {
  const { head, reference } = sides;
  const base = await mergeBase(git, repository, sides);
  // Git refuses histories that have nothing in common.
  if (base === undefined) return;
  const touched = new Set(await changedPaths(git, repository, [base, reference]));
  const { status } = await readChanges(git, repository, 'no');
  const isStepForward = base === head;
  const staged = status.staged.filter(({ path }) => !isStepForward || touched.has(path));
  const changed = status.changed.filter(({ path }) => touched.has(path));
  refuse([...staged, ...changed].map(({ path }) => path));
  const added = await changedPaths(git, repository, ['--diff-filter=A', head, reference]);
  const found: string[] = [];
  for (const path of added.filter((one) => touched.has(one))) {
    const stats = await statEntry(join(repository.workTree, path));
    if (stats !== undefined) found.push(path);
  }
  refuse(found);
}

function refuse(paths: readonly string[]): void {
  if (paths.length === 0) return;
  const names = paths.slice(0, namedFiles).join('\n');
  const more = paths.length > namedFiles ? `\n… ${paths.length - namedFiles} more` : '';
  throw new AgentError(
    'WouldOverwrite',
    `Cannot merge: what is changed in these files would be overwritten. Commit it, stash it, or move the files first:\n${names}${more}`,
  );
}

async function mergeBase(
  git: Git,
  repository: Repository,
  { head, reference }: { head: string; reference: string },
): Promise<string | undefined> {
  const { output } = await git.run({
    repository,
    isRead: true,
    parameters: ['merge-base', '--end-of-options', head, reference],
  });
  return output.toString('utf8').split('\n')[0] || undefined;
}

async function changedPaths(
  git: Git,
  repository: Repository,
  parameters: readonly string[],
): Promise<string[]> {
  const output = await git.demand('merge', {
    repository,
    isRead: true,
    parameters: ['diff-tree', '-r', '-z', '--name-only', '--no-renames', ...parameters, '--'],
  });
  return splitZero(output);
}
