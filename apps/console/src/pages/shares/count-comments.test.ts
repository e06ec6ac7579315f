import { type ShareComment, shareCommentSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { countComments } from './count-comments.ts';

function comment(change: Partial<Record<keyof ShareComment, unknown>>): ShareComment {
  return shareCommentSchema.parse({
    ...{ commentId: 'a'.repeat(22), version: 2, cellIndex: 3, text: 'Why?', mentions: [] },
    ...{ author: 'bob', authorDisplayName: 'Bob', createdAt: '2026-11-28T10:00:00.000Z' },
    ...{ resolvedAt: null, resolvedBy: null, mayDelete: false },
    ...change,
  });
}

describe('unresolved comments by cell', () => {
  it('are those of the version that is shown, on a cell', () => {
    const comments = [
      comment({}),
      comment({}),
      comment({ cellIndex: 0 }),
      comment({ cellIndex: null }),
      comment({ version: 1 }),
      comment({ resolvedAt: '2026-11-28T11:00:00.000Z', resolvedBy: 'bob' }),
    ];
    expect(countComments(comments, 2)).toEqual([
      { cellIndex: 3, count: 2 },
      { cellIndex: 0, count: 1 },
    ]);
  });
});
