import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RepeatedEvents } from './repeated-events.ts';

let written: [string, number][];
let failed: unknown[];
let canWrite: boolean;
let events: RepeatedEvents<string>;

beforeEach(() => {
  vi.useFakeTimers();
  [written, failed, canWrite] = [[], [], true];
  events = new RepeatedEvents(
    async (event, count) => {
      if (!canWrite) throw new Error('full');
      written.push([event, count]);
    },
    (error) => failed.push(error),
  );
});
afterEach(() => vi.useRealTimers());

const note = (event: string, key: string) => events.note({ event, key, windowMilliseconds: 1_000 });

describe('repeated events', () => {
  it('are written once at first and once with their count', async () => {
    for (let number = 0; number < 1_000; number += 1) await note(`event ${number}`, 'same');
    expect(written).toEqual([['event 0', 0]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toEqual([
      ['event 0', 0],
      ['event 999', 999],
    ]);
    await note('later', 'same');
    expect(written.at(-1)).toEqual(['later', 0]);
  });

  it('of ever different kinds are counted together from some number on', async () => {
    for (let number = 0; number < 10_000; number += 1) await note('event', `kind ${number}`);
    expect(written.length).toBe(501);
    await events.close();
    expect(written.length).toBe(502);
    expect(written.at(-1)).toEqual(['event', 9_499]);
  });

  it('refuse where the first cannot be written, and begin anew', async () => {
    canWrite = false;
    await expect(note('one', 'same')).rejects.toThrow('full');
    await expect(note('two', 'same')).rejects.toThrow('full');
    canWrite = true;
    await note('three', 'same');
    expect(written).toEqual([['three', 0]]);
  });

  it('are not lost at the end, and a count that cannot be written is told', async () => {
    await note('one', 'same');
    await note('two', 'same');
    canWrite = false;
    await events.close();
    expect(failed).toHaveLength(1);
  });
});
