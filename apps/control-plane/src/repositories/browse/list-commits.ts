import type { RepositoryCommitList } from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository } from '../repository.ts';
import { commitFormat, commitsOf } from './commit-fields.ts';
import { requirePath, requireRevision, resolveCommit } from './revisions.ts';

const script = `${resolveCommit}
if [ -n "$2" ]; then set -- "$1" "$2" "$3" "$4" -- "$2"; else set -- "$1" "$2" "$3" "$4" --; fi
after=$3 limit=$4
shift 4
list() { git rev-list "$commit" "$@"; }
if [ -n "$after" ]; then list "$@" | sed "0,/^$after$/d"; else list "$@"; fi |
head -n "$limit" >/tmp/commits
[ -s /tmp/commits ] || exit 0
git log -z --no-walk=unsorted --stdin '${commitFormat}' </tmp/commits`;

/** Newest first. @throws {StrongroomError} `RevisionNotFound` */
export async function listCommits(
  sandboxes: GitSandboxes,
  { repositoryId, defaultBranch }: Repository,
  asked: {
    readonly revision?: string;
    /** '' is the whole repository. */
    readonly path: string;
    /** A commit of an earlier answer: what comes after it. */
    readonly after?: string;
    readonly limit: number;
  },
): Promise<RepositoryCommitList> {
  const { revision = defaultBranch, path, after = '', limit } = asked;
  const output = await runGit(sandboxes, {
    ...{ repositoryId, mode: 'read-only', script },
    environment: { GIT_LITERAL_PATHSPECS: '1' },
    arguments: [requireRevision(revision), requirePath(path), after, String(limit + 1)],
  });
  const found = commitsOf(output);
  const commits = found.slice(0, limit);
  return { commits, next: found.length > limit ? (commits.at(-1)?.commitId ?? null) : null };
}
