import { describe, expect, it } from 'vitest';
import { gitThatAnswers } from '../testing/git-that-answers.ts';
import { followTask, type RemoteTask } from './remote-task.ts';

const running = { state: 'running', error: null, root: null } as const;

describe('a task at a remote', () => {
  it('is followed from answer to answer until it is done', async () => {
    const seen: number[] = [];
    const answers = [
      { ...running, seen: 3, phase: 'Receiving objects', percent: 40 },
      { ...running, seen: 7, state: 'done' as const, phase: '', percent: null, root: 'tools' },
    ];
    const { git } = gitThatAnswers({
      progress: (request) => {
        seen.push(request.seen);
        return answers[seen.length - 1] ?? {};
      },
    });
    const told: (number | null)[] = [];
    const onProgress = ({ percent }: RemoteTask) => void told.push(percent);
    expect(await followTask({ git, kind: 'clone', task: 't', onProgress })).toBe('tools');
    expect([seen, told]).toEqual([
      [0, 3],
      [null, 40],
    ]);
  });

  it('fails with the code that the agent tells', async () => {
    const error = { code: 'NotFastForward', message: 'rejected' };
    const { git } = gitThatAnswers({
      progress: () => ({ ...running, state: 'failed', seen: 1, phase: '', percent: null, error }),
    });
    const followed = followTask({ git, kind: 'push', task: 't', onProgress: () => undefined });
    await expect(followed).rejects.toMatchObject({ code: 'NotFastForward', message: 'rejected' });
  });

  it('is cancelled at the agent, and says that it was', async () => {
    const { git, asked } = gitThatAnswers({
      cancel: () => ({}),
      progress: () => ({
        ...{ ...running, state: 'failed', seen: 1, phase: '', percent: null },
        error: { code: 'GitFailed', message: 'killed' },
      }),
    });
    const onProgress = (task: RemoteTask) => task.cancel();
    const followed = followTask({ git, kind: 'clone', task: 't', onProgress });
    await expect(followed).rejects.toMatchObject({ code: 'Cancelled' });
    expect(asked).toContainEqual(['cancel', { task: 't' }]);
  });
});
