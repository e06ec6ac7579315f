import { expect, it } from 'vitest';
import { comingEnd } from './coming-end.ts';

const now = Date.parse('2026-11-28T10:00:00.000Z');
const minutesFromNow = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

it('is told as soon as an idle end is foreseen, and thirty minutes before the longest life', () => {
  const idle = (minutes: number) => ({ idleEndsAt: minutesFromNow(minutes), lifetimeEndsAt: null });
  const life = (minutes: number) => ({ idleEndsAt: null, lifetimeEndsAt: minutesFromNow(minutes) });
  expect(comingEnd(idle(60), now)).toMatchObject({ cause: 'idle', secondsLeft: 3_600 });
  expect(comingEnd(life(31), now)).toBeUndefined();
  expect(comingEnd(life(30), now)).toMatchObject({ cause: 'lifetime', secondsLeft: 1_800 });
});

it('is the one that comes first, and never less than now', () => {
  const both = { idleEndsAt: minutesFromNow(4), lifetimeEndsAt: minutesFromNow(3) };
  expect(comingEnd(both, now)?.cause).toBe('lifetime');
  expect(comingEnd({ ...both, lifetimeEndsAt: minutesFromNow(-1) }, now)?.secondsLeft).toBe(0);
});

it('is none where none is foreseen', () => {
  expect(comingEnd(undefined, now)).toBeUndefined();
  expect(comingEnd({ idleEndsAt: null, lifetimeEndsAt: null }, now)).toBeUndefined();
});
