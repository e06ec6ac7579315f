const shownDigits = 10;

/** Enough of a commit's id to recognise it. */
export function shortCommit(commitId: string): string {
  return commitId.slice(0, shownDigits);
}
