import { join } from 'node:path';
import { statEntry } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { splitZero } from './zero-separated.ts';

const submoduleMode = '160000 ';

/**
 * Some commands ask each submodule that is there for its status, with the submodule's own
 * configuration, and no option keeps them from it.
 */
export async function refusePopulatedSubmodules(
  git: Git,
  repository: Repository,
  action: string,
): Promise<void> {
  const output = await git.demand(action, {
    repository,
    isRead: true,
    parameters: ['ls-files', '--stage', '-z'],
  });
  if (!output.includes(submoduleMode)) return;
  const lines = splitZero(output).filter((line) => line.startsWith(submoduleMode));
  for (const line of lines) {
    const path = line.slice(line.indexOf('\t') + 1);
    const inside = join(repository.workTree, path, '.git');
    if ((await statEntry(inside)) === undefined) continue;
    throw new AgentError(
      'Refused',
      `Cannot ${action} here: the repository contains another one, "${path}". Do it in a terminal`,
    );
  }
}
