import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { isRoot } from './repository.ts';
import type { Git } from './run-git.ts';

/** Makes the folder a repository; one that is a repository already stays as it is. */
export async function initialize(git: Git, home: HomeFolder, folder: string): Promise<string> {
  const root = home.normalize(folder);
  const path = await home.resolve(root);
  if (await isRoot(home, root)) return root;
  await git.demand(`make a repository of "${root}"`, {
    // No template: it would bring hooks.
    parameters: ['init', '--quiet', '--template=', '--initial-branch=main', '--', path],
  });
  if (!(await isRoot(home, root))) {
    throw new AgentError('GitFailed', `Git could not make a repository of "${root}"`);
  }
  return root;
}
