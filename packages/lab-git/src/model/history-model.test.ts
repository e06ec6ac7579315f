import { describe, expect, it } from 'vitest';
import { GitError } from '../api/git-error.ts';
import { gitThatAnswers } from '../testing/git-that-answers.ts';
import { HistoryModel } from './history-model.ts';

const commit = (commitId: string) => ({ commitId, parents: [] });
const scope = { repository: 'work', file: null };

describe('the history', () => {
  it('goes on where it ended, and begins anew for one file', async () => {
    const { git, asked } = gitThatAnswers({
      log: ({ skip, file }) => ({
        commits: [commit(file ?? `at ${skip}`)],
        hasMore: skip === 0,
      }),
    });
    const history = new HistoryModel(git);
    await history.open(scope);
    await history.loadMore();
    expect(history.commits.map(({ commitId }) => commitId)).toEqual(['at 0', 'at 1']);
    expect(history.hasMore).toBe(false);
    await history.open({ repository: 'work', file: 'a.txt' });
    expect(history.commits.map(({ commitId }) => commitId)).toEqual(['a.txt']);
    expect(asked.at(-1)).toEqual(['log', { repository: 'work', skip: 0, file: 'a.txt' }]);
  });

  it('keeps what it has where more cannot be read, and says why', async () => {
    let isBroken = false;
    const { git } = gitThatAnswers({
      log: () => {
        if (isBroken) throw new GitError('Unreachable');
        return { commits: [commit('a')], hasMore: true };
      },
    });
    const history = new HistoryModel(git);
    await history.open(scope);
    isBroken = true;
    await history.loadMore();
    expect(history.commits).toHaveLength(1);
    expect([history.failure, history.isLoading]).toMatchObject([{ code: 'Unreachable' }, false]);
  });
});
