import type { GitStatus } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { groupFiles, keyOf, pathsOf } from './changed-file.ts';

const status: GitStatus = {
  ...{ root: 'work', branch: 'main', commitId: null, upstream: null, ahead: 0, behind: 0 },
  staged: [
    { path: 'b.txt', state: 'renamed', oldPath: 'a.txt' },
    { path: 'both.ipynb', state: 'modified', oldPath: null },
  ],
  changed: [
    { path: 'b.txt', state: 'modified' },
    { path: 'both.ipynb', state: 'modified' },
  ],
  ...{ untracked: ['new\nline'], conflicted: ['both.ipynb'], isCut: false, stashCount: 0 },
  ...{ inProgress: 'merge', stripsOutputs: false, remotes: [] },
};

describe('the files of a status', () => {
  const groups = groupFiles(status);

  it('are listed by what can be done with them, a conflicted one only as that', () => {
    expect(groups.conflicted.map(keyOf)).toEqual(['conflicted/both.ipynb']);
    expect(groups.staged.map(keyOf)).toEqual(['staged/b.txt']);
    expect(groups.changed.map(keyOf)).toEqual(['changed/b.txt']);
    expect(groups.untracked.map(keyOf)).toEqual(['untracked/new\nline']);
  });

  it('are unstaged with their old name where they were renamed', () => {
    expect(pathsOf(groups.staged)).toEqual(['b.txt', 'a.txt']);
    expect(pathsOf(groups.changed)).toEqual(['b.txt']);
  });
});
