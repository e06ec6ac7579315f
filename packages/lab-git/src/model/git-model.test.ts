import { describe, expect, it } from 'vitest';
import { GitError } from '../api/git-error.ts';
import { cleanStatus, gitThatAnswers } from '../testing/git-that-answers.ts';
import { GitModel } from './git-model.ts';

const found = {
  find: ({ folder }: { folder: string }) => ({ root: folder.startsWith('work') ? 'work' : null }),
  repositories: () => ({ roots: ['work'] }),
};

describe('the repository of the panel', () => {
  it('is the one that the folder is in, or none', async () => {
    const { git } = gitThatAnswers({ ...found, status: () => cleanStatus });
    const model = new GitModel(git);
    await model.followFolder('work/deep');
    expect([model.phase, model.root, model.status?.branch]).toEqual(['ready', 'work', 'main']);
    await model.followFolder('elsewhere');
    expect([model.phase, model.root, model.status]).toEqual(['none', null, null]);
  });

  it('passes over a late answer about a folder that was left', async () => {
    const answers = new Map<string, (root: string) => void>();
    const { git } = gitThatAnswers({
      ...found,
      find: ({ folder }) =>
        new Promise((resolve) => answers.set(folder, (root) => resolve({ root }))),
      status: ({ repository }) => ({ ...cleanStatus, root: repository }),
    });
    const model = new GitModel(git);
    const first = model.followFolder('one');
    const second = model.followFolder('two');
    answers.get('two')?.('two');
    await second;
    answers.get('one')?.('one');
    await first;
    expect([model.root, model.status?.root]).toEqual(['two', 'two']);
  });

  it('is refreshed after every act, also one that failed', async () => {
    let staged: readonly string[] = [];
    const { git } = gitThatAnswers({
      ...found,
      status: () => ({ ...cleanStatus, untracked: ['a', 'b'].filter((p) => !staged.includes(p)) }),
      stage: ({ files }) => {
        staged = files.slice(0, 1);
        if (files.length > 1) throw new GitError('GitFailed', 'half of it');
        return {};
      },
    });
    const model = new GitModel(git);
    await model.followFolder('work');
    const isDone = await model.act('stage', { repository: 'work', files: ['a', 'b'] });
    expect(isDone).toBe(false);
    expect(model.failure).toMatchObject({ code: 'GitFailed' });
    expect(model.groups.untracked.map(({ path }) => path)).toEqual(['b']);
    expect(await model.act('stage', { repository: 'work', files: ['b'] })).toBe(true);
    expect(model.failure).toBeNull();
  });

  it('forgets what failed in another repository', async () => {
    const { git } = gitThatAnswers({
      find: ({ folder }) => ({ root: folder }),
      status: () => cleanStatus,
      stage: () => {
        throw new GitError('GitFailed');
      },
    });
    const model = new GitModel(git);
    await model.followFolder('work');
    await model.act('stage', { repository: 'work', files: ['a'] });
    await model.followFolder('work');
    expect(model.failure).toMatchObject({ code: 'GitFailed' });
    await model.followFolder('other');
    expect(model.failure).toBeNull();
  });

  it('forgets that there are conflicts once they are resolved', async () => {
    let conflicted = ['a', 'b'];
    const { git } = gitThatAnswers({
      ...{ ...found, status: () => ({ ...cleanStatus, conflicted }) },
      'apply-stash': () => {
        throw new GitError('Conflicts');
      },
    });
    const model = new GitModel(git);
    await model.followFolder('work');
    await model.act('apply-stash', { repository: 'work', index: 0, drops: false });
    conflicted = ['b'];
    await model.refresh();
    expect(model.failure).toMatchObject({ code: 'Conflicts' });
    conflicted = [];
    await model.refresh();
    expect(model.failure).toBeNull();
  });

  it('is gone when its folder is', async () => {
    const { git } = gitThatAnswers({
      ...found,
      status: () => {
        throw new GitError('NotARepository');
      },
    });
    const model = new GitModel(git);
    await model.followFolder('work');
    expect([model.phase, model.failure]).toEqual(['none', null]);
  });

  it('keeps what is chosen over a refresh, and forgets what is gone', async () => {
    let untracked = ['a', 'b'];
    const { git } = gitThatAnswers({ ...found, status: () => ({ ...cleanStatus, untracked }) });
    const model = new GitModel(git);
    await model.followFolder('work');
    const [, second] = model.groups.untracked;
    if (second !== undefined) model.choose(second);
    await model.refresh();
    expect(model.chosen.map(({ path }) => path)).toEqual(['b']);
    untracked = ['a'];
    await model.refresh();
    expect(model.chosen).toEqual([]);
  });

  it('runs one task at a remote at a time and tells nothing of a cancelled one', async () => {
    const { git } = gitThatAnswers({
      ...{ ...found, status: () => cleanStatus, fetch: () => ({ task: 't' }), cancel: () => ({}) },
      progress: () => ({
        ...{ state: 'failed', seen: 1, phase: '', percent: null, root: null },
        error: { code: 'GitFailed', message: 'killed' },
      }),
    });
    const model = new GitModel(git);
    await model.followFolder('work');
    model.changed.connect(() => model.task?.cancel());
    const fetching = model.runTask('fetch', () => git.ask('fetch', { repository: 'work' }));
    expect(await model.runTask('pull', () => git.ask('fetch', { repository: 'work' }))).toBe(
      undefined,
    );
    await fetching;
    expect([model.task, model.failure]).toEqual([null, null]);
  });
});
