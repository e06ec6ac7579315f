import type { WatchedApp } from './watched-app.ts';

/** Between two looks, and as long as one slot is. */
export const lookMilliseconds = 2_000;

/** Which apps are looked at when, so that a look costs what it looks at, however many apps run. */
export class LookSchedule {
  readonly #slots = new Map<number, WatchedApp[]>();

  /**
   * `at`: of a clock that only goes on, in milliseconds. It is taken out at the first look from the beginning
   * of that slot: never late, and perhaps one look early, to be added again.
   */
  add(app: WatchedApp, at: number): void {
    const slot = Math.floor(at / lookMilliseconds);
    const others = this.#slots.get(slot);
    if (others === undefined) this.#slots.set(slot, [app]);
    else others.push(app);
  }

  /** Takes out what is due, or will be before the next look. */
  takeDue(now: number): WatchedApp[] {
    const due: WatchedApp[] = [];
    for (const [slot, apps] of this.#slots) {
      if (slot * lookMilliseconds > now) continue;
      this.#slots.delete(slot);
      due.push(...apps);
    }
    return due;
  }

  /** Takes out everything. */
  takeAll(): WatchedApp[] {
    return this.takeDue(Number.POSITIVE_INFINITY);
  }
}
