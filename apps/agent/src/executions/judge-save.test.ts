import { expect, test } from 'vitest';
import { ExecutionRecord } from './execution-record.ts';
import { judgeSave } from './judge-save.ts';

const minute = 60_000;

function recordOf(endedAt?: number): ExecutionRecord {
  const request = { messageId: 'm', sessionId: 's', cellId: 'a', code: 'x' };
  const record = new ExecutionRecord(request, 0);
  record.executionCount = 7;
  if (endedAt !== undefined) record.end(endedAt);
  return record;
}

const saved = (count: number | null) => ({ id: 'a', execution_count: count });

test('a save with the number of the execution has all of it', () => {
  const record = recordOf(5);
  expect(judgeSave(record, saved(7), { now: 6, isAlone: false })).toBe('kept');
  expect(record).toMatchObject({ isSaved: true, isReleased: true });
});

test('a save from before the cell ended has not, and the file lacks what was in it', () => {
  const record = recordOf(5);
  record.isSaved = true;
  judgeSave(record, saved(null), { now: 6, isAlone: false });
  expect(record).toMatchObject({ isSaved: false, isReleased: false, isSavedSince: true });
});

test('a save of a page that showed it long ago is what the person wants', () => {
  const record = recordOf(5);
  judgeSave(record, saved(null), { now: minute, isAlone: false });
  expect(record).toMatchObject({ isSaved: true, isReleased: true });
});

test('a save of a page that was never connected to the kernel is not', () => {
  const record = recordOf(5);
  judgeSave(record, saved(null), { now: minute, isAlone: true });
  expect(record).toMatchObject({ isSaved: false, isReleased: false });
});

test('what was shown to somebody stays as they saved it', () => {
  const record = recordOf(5);
  record.isReleased = true;
  judgeSave(record, saved(null), { now: 6, isAlone: true });
  expect(record.isSaved).toBe(true);
});

test('a running cell is not finished by a save', () => {
  const record = recordOf();
  judgeSave(record, saved(7), { now: minute, isAlone: false });
  expect(record).toMatchObject({ isSaved: false, isReleased: false });
});

test('a deleted cell is forgotten, one that the page may not have known is not', () => {
  expect(judgeSave(recordOf(5), undefined, { now: 100, isAlone: false })).toBe('kept');
  expect(judgeSave(recordOf(5), undefined, { now: minute, isAlone: false })).toBe('forgotten');
});
