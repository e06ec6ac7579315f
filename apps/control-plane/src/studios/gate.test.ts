import { describe, expect, it } from 'vitest';
import { deferred } from './deferred.ts';
import { Gate } from './gate.ts';

describe('a gate', () => {
  it('lets its width through and the others after them, in order', async () => {
    const gate = new Gate(2);
    const started: number[] = [];
    const ends = [0, 1, 2, 3].map(() => deferred<void>());
    const all = ends.map((end, index) =>
      gate.run(async () => {
        started.push(index);
        await end.promise;
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    ends[1]?.resolve();
    await all[1];
    expect(started).toEqual([0, 1, 2]);
    for (const end of ends) end.resolve();
    await Promise.all(all);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('opens for the next one after a failure', async () => {
    const gate = new Gate(1);
    await expect(
      gate.run(async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await gate.run(async () => 1)).toBe(1);
  });

  it('lets go of whoever no longer wants to wait, and passes the turn to the next', async () => {
    const gate = new Gate(1);
    const first = deferred<void>();
    const running = gate.run(() => first.promise);
    const given = new AbortController();
    const abandoned = gate.run(async () => 'entered', given.signal);
    const next = gate.run(async () => 'next');
    given.abort(new Error('no longer'));
    await expect(abandoned).rejects.toThrow('no longer');
    first.resolve();
    await running;
    expect(await next).toBe('next');
    expect(await gate.run(async () => 'free again')).toBe('free again');
  });
});
