import type { ChangedFile } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { changeKind } from './change-kind.ts';

const file: ChangedFile = {
  ...{ oldPath: 'rates.py', newPath: 'rates.py', status: 'modified' },
  ...{ addedLines: 0, deletedLines: 0, isBinary: false, isNotebook: false, patch: '' },
};

describe('what a commit does to a file', () => {
  it('is a comparison by cell of a notebook, which has no patch', () => {
    expect(changeKind({ ...file, isNotebook: true, patch: null })).toBe('notebook');
  });

  it('is not shown where it is not text, or too much of it', () => {
    expect(changeKind({ ...file, isBinary: true, patch: null })).toBe('binary');
    expect(changeKind({ ...file, patch: null })).toBe('large');
  });

  it.each(['added', 'deleted'] as const)('tells that an empty file was %s', (status) => {
    expect(changeKind({ ...file, status })).toBe('empty');
    expect(changeKind({ ...file, status, patch: '@@ -0,0 +1 @@\n+x\n' })).toBe('patch');
  });

  it.each(['modified', 'renamed', 'type-changed'] as const)(
    'is a patch, which may be without lines, where a file was %s',
    (status) => {
      expect(changeKind({ ...file, status })).toBe('patch');
    },
  );
});
