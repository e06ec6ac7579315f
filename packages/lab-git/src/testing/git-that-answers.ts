import type { GitOperationName, GitStatus } from '@strongroom/contracts';
import type { Git } from '../api/git-api.ts';
import { GitError } from '../api/git-error.ts';

type Answers = Partial<
  // biome-ignore lint/suspicious/noExplicitAny: a test writes only the part of an answer that it is about
  Record<GitOperationName, (request: any) => unknown>
>;

/** An agent's part for unit tests: answers what it is told to and remembers what it was asked. */
export function gitThatAnswers(answers: Answers): {
  readonly git: Git;
  readonly asked: [string, unknown][];
} {
  const asked: [string, unknown][] = [];
  const git: Git = {
    async ask(operation, request) {
      asked.push([operation, request]);
      const answer = answers[operation];
      if (answer === undefined) throw new GitError('GitFailed', operation);
      return (await answer(request)) as never;
    },
  };
  return { git, asked };
}

export const cleanStatus: GitStatus = {
  ...{ root: 'work', branch: 'main', commitId: 'a'.repeat(40), upstream: null },
  ...{ ahead: 0, behind: 0, staged: [], changed: [], untracked: [], conflicted: [] },
  ...{ isCut: false, inProgress: 'nothing', stashCount: 0, stripsOutputs: false, remotes: [] },
};
