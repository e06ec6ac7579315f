import type { Clock } from '../../clock.ts';

/** A clock that runs, and that a test puts forward. */
export function movableClock(): { clock: Clock; advance(milliseconds: number): void } {
  let offset = 0;
  return {
    clock: () => new Date(Date.now() + offset),
    advance(milliseconds) {
      offset += milliseconds;
    },
  };
}
