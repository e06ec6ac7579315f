import { join } from 'node:path';
import { statEntry } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { splitZero } from './zero-separated.ts';

const namedFiles = 10;

/**
 * A merge overwrites files that .gitignore names, and has no option against it. They are often all
 * there is of somebody's data.
 */
export async function refuseOverwriting(
  git: Git,
  repository: Repository,
  reference: string,
): Promise<void> {
  const output = await git.demand('merge', {
    repository,
    isRead: true,
    parameters: [
      ...(['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--diff-filter=A'] as const),
      ...(['HEAD', reference, '--'] as const),
    ],
  });
  const found: string[] = [];
  for (const path of splitZero(output)) {
    if (found.length === namedFiles) break;
    const stats = await statEntry(join(repository.workTree, path));
    if (stats !== undefined) found.push(path);
  }
  if (found.length === 0) return;
  throw new AgentError(
    'WouldOverwrite',
    `Cannot merge: these files are not committed here and would be overwritten. Move them first:\n${found.join('\n')}`,
  );
}
