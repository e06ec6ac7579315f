import type { AppId } from '@strongroom/contracts';
import type { RunningApp } from '../studios/running-app.ts';

/** What is foreseen for running apps. The judge of work stands behind it; whoever shows apps asks it. */
export interface IdleWatch {
  /** When an app ends for want of work; `undefined`: not foreseen. */
  endsAt(app: Pick<RunningApp, 'appId' | 'lastBusyAt'>): Date | undefined;
  /** When its longest permitted life ends; `undefined`: none is set. */
  lifetimeEndsAt(appId: AppId): Date | undefined;
  /** Sets its idle time back, as if it had just worked. Does nothing for an app that is not watched. */
  keepRunning(appId: AppId): void;
}

/** Nothing is ever ended. */
export const noIdleWatch: IdleWatch = {
  endsAt: () => undefined,
  lifetimeEndsAt: () => undefined,
  keepRunning: () => undefined,
};
