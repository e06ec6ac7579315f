import { describe, expect, it } from 'vitest';
import { deferred } from './deferred.ts';
import { DeadlineError, within } from './within.ts';

describe('a deadline', () => {
  it('passes on what comes in time, and its failure', async () => {
    const undone: number[] = [];
    const undo = async (late: number) => undone.push(late);
    expect(await within(1000, 'wait', Promise.resolve(1), undo)).toBe(1);
    await expect(within(1000, 'wait', Promise.reject(new Error('no')), undo)).rejects.toThrow('no');
    expect(undone).toEqual([]);
  });

  it('gives up, and gives back what comes too late', async () => {
    const work = deferred<number>();
    const undone = deferred<number>();
    const waiting = within(5, 'wait', work.promise, async (late) => undone.resolve(late));
    await expect(waiting).rejects.toBeInstanceOf(DeadlineError);
    work.resolve(2);
    expect(await undone.promise).toBe(2);
  });
});
