import type { AppObserver } from '../studios/app-observer.ts';

/** All of them, one after another, in this order. */
export function observers(all: readonly AppObserver[]): AppObserver {
  return {
    async added(app) {
      for (const each of all) await each.added(app);
    },
    async started(appId) {
      for (const each of all) await each.started(appId);
    },
    async ended(appId) {
      for (const each of all) await each.ended(appId);
    },
  };
}
