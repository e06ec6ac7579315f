import { describe, expect, it } from 'vitest';
import { GitError } from '../api/git-error.ts';
import { gitThatAnswers } from '../testing/git-that-answers.ts';
import { type Conflict, ConflictModel } from './conflict-model.ts';

const first: Conflict = {
  ...{ base: 'a', ours: 'b', theirs: 'c', oursName: 'main', theirsName: 'limits' },
  ...{ isNotebook: false, isBinary: false },
};
const source = { repository: 'work', file: 'a.txt' };

function conflictThatIs(answers: Parameters<typeof gitThatAnswers>[0]) {
  const { git, asked } = gitThatAnswers(answers);
  return { conflict: new ConflictModel({ git, touch: () => undefined }, source), asked };
}

describe('a conflict', () => {
  it('stays the same one while its sides do, and is another when they are others', async () => {
    let sides = first;
    const { conflict } = conflictThatIs({ conflict: () => ({ ...sides }) });
    await conflict.load();
    await conflict.load();
    expect(conflict.count).toBe(1);
    sides = { ...first, theirs: 'd' };
    await conflict.load();
    expect([conflict.count, conflict.conflict?.theirs]).toEqual([2, 'd']);
  });

  it('is over when the merge was given up elsewhere', async () => {
    let isThere = true;
    const { conflict } = conflictThatIs({
      conflict: () => {
        if (isThere) return first;
        throw new GitError('NotFound');
      },
    });
    await conflict.load();
    expect(conflict.isOver).toBe(false);
    isThere = false;
    await conflict.load();
    expect([conflict.isOver, conflict.failure]).toEqual([true, null]);
  });

  it('that never was is told as a failure', async () => {
    const { conflict } = conflictThatIs({
      conflict: () => {
        throw new GitError('NotFound');
      },
    });
    await conflict.load();
    expect([conflict.isOver, conflict.failure]).toMatchObject([false, { code: 'NotFound' }]);
  });

  it('is over once it is resolved, and not where that was refused', async () => {
    let isRefused = true;
    const { conflict, asked } = conflictThatIs({
      conflict: () => first,
      resolve: () => {
        if (isRefused) throw new GitError('InvalidNotebook');
        return {};
      },
    });
    await conflict.load();
    await conflict.resolve({ side: 'ours' });
    expect([conflict.isOver, conflict.failure]).toMatchObject([false, { code: 'InvalidNotebook' }]);
    isRefused = false;
    await conflict.resolve({ side: 'ours' });
    expect([conflict.isOver, conflict.isSaving, conflict.failure]).toEqual([true, false, null]);
    expect(asked.at(-1)).toEqual(['resolve', { ...source, resolution: { side: 'ours' } }]);
  });
});
