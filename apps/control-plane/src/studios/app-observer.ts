import type { AppId } from '@strongroom/contracts';
import type { NewApp } from './app-store.ts';

/** Hears of each app as it is recorded. What rejects here fails the start of that app. */
export interface AppObserver {
  /** Asked for and allowed; it may wait for a GPU yet. */
  added(app: NewApp): Promise<void>;
  /** It runs, and takes what its type has. */
  started(appId: AppId): Promise<void>;
  /** Also of an app that never ran, and more than once. */
  ended(appId: AppId): Promise<void>;
}
