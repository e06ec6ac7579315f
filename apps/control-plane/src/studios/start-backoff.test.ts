import { describe, expect, it } from 'vitest';
import { StartBackoff } from './start-backoff.ts';

function openBackoff() {
  let now = 0;
  const backoff = new StartBackoff(() => now);
  return {
    backoff,
    advance(milliseconds: number) {
      now += milliseconds;
    },
  };
}

describe('starting again by itself', () => {
  it('is allowed at once after the first failure', () => {
    const { backoff } = openBackoff();
    backoff.failed(new Error('first'));
    expect(() => backoff.refuseTooSoon()).not.toThrow();
  });

  it('waits longer after each further failure and tells the last one meanwhile', () => {
    const { backoff, advance } = openBackoff();
    backoff.failed(new Error('first'));
    backoff.failed(new Error('second'));
    expect(() => backoff.refuseTooSoon()).toThrow('second');
    advance(2000);
    expect(() => backoff.refuseTooSoon()).not.toThrow();
    backoff.failed(new Error('third'));
    advance(3999);
    expect(() => backoff.refuseTooSoon()).toThrow('third');
  });

  it('never waits longer than half a minute', () => {
    const { backoff, advance } = openBackoff();
    for (let count = 0; count < 50; count += 1) backoff.failed(new Error('again'));
    advance(30_000);
    expect(() => backoff.refuseTooSoon()).not.toThrow();
  });

  it('counts a server that ended soon after its start, and forgets one that ran well', () => {
    const { backoff } = openBackoff();
    backoff.endedByItself(100);
    backoff.endedByItself(100);
    expect(() => backoff.refuseTooSoon()).toThrow(
      expect.objectContaining({ code: 'ServerDidNotStart' }),
    );
    backoff.endedByItself(60_000);
    expect(() => backoff.refuseTooSoon()).not.toThrow();
  });
});
