import type { RepositoryCommit } from '@strongroom/contracts';

/** For `git log -z`: each field and each commit ends with NUL. */
export const commitFormat = '--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%s%x00%b';
const commitFieldCount = 7;

const maximumNameCharacters = 300;
const maximumBodyCharacters = 20_000;

/** @throws {Error} where they are not a commit's */
export function commitOf(fields: readonly string[]): RepositoryCommit {
  const [commitId = '', parents = '', author = '', authorEmail = '', date = '', subject = ''] =
    fields;
  if (!/^[0-9a-f]{40}$/.test(commitId)) throw new Error('Cannot read a commit that Git told');
  return {
    commitId,
    parents: parents.split(' ').filter((each) => each !== ''),
    author: author.slice(0, maximumNameCharacters),
    authorEmail: authorEmail.slice(0, maximumNameCharacters),
    authoredAt: timeOf(date),
    subject: subject.slice(0, 1_000),
    body: (fields[6] ?? '').trim().slice(0, maximumBodyCharacters),
  };
}

export function commitsOf(output: Buffer): RepositoryCommit[] {
  const fields = output.toString('utf8').split('\0');
  const commits: RepositoryCommit[] = [];
  for (let at = 0; at + commitFieldCount <= fields.length; at += commitFieldCount) {
    commits.push(commitOf(fields.slice(at, at + commitFieldCount)));
  }
  return commits;
}

/** The first commit of an output, and what comes after it. */
export function splitCommit(output: Buffer): { commit: RepositoryCommit; rest: Buffer } {
  let end = 0;
  for (let count = 0; count < commitFieldCount; count += 1) {
    end = output.indexOf(0, end) + 1;
    if (end === 0) throw new Error('Cannot read a commit that Git told');
  }
  const fields = output.toString('utf8', 0, end - 1).split('\0');
  return { commit: commitOf(fields), rest: output.subarray(end) };
}

/** A commit may claim any time at all. */
function timeOf(date: string): string {
  const time = new Date(date);
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9_999 ? time.toISOString() : new Date(0).toISOString();
}
