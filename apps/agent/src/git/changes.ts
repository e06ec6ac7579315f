import { gitFailure } from './git-failure.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { StatusParser } from './status-parser.ts';

/** What is changed, each name by itself, for an operation that must know before it begins. */
export async function readChanges(
  git: Git,
  repository: Repository,
  untracked: 'all' | 'no',
): Promise<StatusParser> {
  const parser = new StatusParser(Number.MAX_SAFE_INTEGER);
  const result = await git.run({
    repository,
    isRead: true,
    parameters: [
      ...(['status', '--porcelain=v2', '-z', '--no-renames'] as const),
      ...([`--untracked-files=${untracked}`, '--ignore-submodules=dirty'] as const),
    ],
    onOutput: (part) => parser.add(part),
  });
  if (result.exitCode !== 0) throw gitFailure(result, 'read what has changed');
  return parser;
}
