import type { GitCommit } from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { resolveBranch } from './branches.ts';
import { resolveCommit } from './commits.ts';
import { checkTextPath } from './file-path.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

const pageCommits = 200;
const fields = ['%H', '%P', '%an', '%ae', '%aI', '%D', '%s', '%b'];
const datePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/;
/** Of a commit that says nothing that could be a date. */
const unknownDate = '1970-01-01T00:00:00+00:00';

export interface LogRequest {
  readonly branch?: string | undefined;
  readonly file?: string | undefined;
  readonly skip?: number | undefined;
}

export async function readLog(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  request: LogRequest,
  signal?: AbortSignal,
): Promise<{ commits: GitCommit[]; hasMore: boolean }> {
  const head = await resolveCommit(git, repository, 'HEAD');
  const start = await startOf(git, repository, request, head);
  if (start.length === 0) return { commits: [], hasMore: false };
  const path = request.file === undefined ? [] : [checkTextPath(home, request.file)];
  const output = await git.demand('read the log', {
    repository,
    isRead: true,
    signal,
    parameters: [
      ...['log', '-z', `--format=${fields.join('%x00')}`, '--decorate=short', '--no-patch'],
      ...['--no-ext-diff', '--no-textconv', `--max-count=${pageCommits + 1}`],
      ...[`--skip=${request.skip ?? 0}`, path.length === 0 ? '--date-order' : '--follow'],
      ...start,
      ...['--', ...path],
    ],
  });
  const commits = parseLog(output);
  return { commits: commits.slice(0, pageCommits), hasMore: commits.length > pageCommits };
}

async function startOf(
  git: Git,
  repository: Repository,
  request: LogRequest,
  head: string | undefined,
): Promise<string[]> {
  if (request.branch !== undefined) {
    return [(await resolveBranch(git, repository, request.branch)).reference];
  }
  // Before the first commit there may be branches that were fetched.
  const all = ['--branches', '--remotes', '--tags', ...(head === undefined ? [] : ['HEAD'])];
  if (head !== undefined) return request.file === undefined ? all : ['HEAD'];
  const { output } = await git.run({
    repository,
    isRead: true,
    parameters: ['rev-list', '--max-count=1', ...all],
  });
  return output.length === 0 ? [] : all;
}

function parseLog(output: Buffer): GitCommit[] {
  const values = output.toString('utf8').split('\0');
  const commits: GitCommit[] = [];
  for (let start = 0; start + fields.length <= values.length; start += fields.length) {
    const [commitId = '', parents = '', author = '', authorEmail = '', date = '', ...rest] =
      values.slice(start, start + fields.length);
    const [references = '', subject = '', body = ''] = rest;
    commits.push({
      commitId,
      parents: parents === '' ? [] : parents.split(' '),
      author,
      authorEmail,
      authoredAt: datePattern.test(date) ? date : unknownDate,
      subject,
      body: body.trimEnd(),
      references: parseReferences(references),
    });
  }
  return commits;
}

/** `HEAD -> main, tag: v1, origin/main` (git-log(1), %D). */
function parseReferences(text: string): string[] {
  return text
    .split(', ')
    .map((name) => name.replace(/^HEAD -> |^tag: /, ''))
    .filter((name) => name !== '' && name !== 'HEAD');
}
