import type { WatchedApp } from './watched-app.ts';

/** Apps looked at together; no more than this much later than is due. */
export const lookMilliseconds = 2_000;

/** Which apps are looked at when, so that a look costs what it looks at, however many apps run. */
export class LookSchedule {
  readonly #slots = new Map<number, WatchedApp[]>();

  /** `at`: of a clock that only goes on, in milliseconds; what has passed is due at the next look. */
  add(app: WatchedApp, at: number): void {
    const slot = Math.ceil(at / lookMilliseconds);
    const others = this.#slots.get(slot);
    if (others === undefined) this.#slots.set(slot, [app]);
    else others.push(app);
  }

  /** Takes out what is due. */
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
