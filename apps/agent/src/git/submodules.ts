import { join } from 'node:path';
import { statEntry } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { splitZero } from './zero-separated.ts';

/** Of a submodule's entry in the index. */
export const submoduleMode = '160000';

/**
 * A submodule that is there, or `undefined`. Some commands ask each for its status, with the
 * submodule's own configuration, and no option keeps them from it: those are left to a terminal.
 */
export async function findPopulatedSubmodule(
  git: Git,
  repository: Repository,
): Promise<string | undefined> {
  const output = await git.demand('list the files', {
    repository,
    isRead: true,
    parameters: ['ls-files', '--stage', '-z'],
  });
  if (!output.includes(submoduleMode)) return undefined;
  for (const line of splitZero(output).filter((one) => one.startsWith(`${submoduleMode} `))) {
    const path = line.slice(line.indexOf('\t') + 1);
    const inside = join(repository.workTree, path, '.git');
    if ((await statEntry(inside)) !== undefined) return path;
  }
  return undefined;
}

export function leftToTerminal(action: string, submodule: string): AgentError {
  return new AgentError(
    'Refused',
    `Cannot ${action} here: the repository contains another one, "${submodule}". Do it in a terminal`,
  );
}
