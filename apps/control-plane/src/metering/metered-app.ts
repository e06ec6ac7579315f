import type { AppId, AppType, ProfileName } from '@strongroom/contracts';

/** One app as it is charged for. */
export interface MeteredApp {
  readonly appId: AppId;
  readonly appType: AppType;
  readonly profileName: ProfileName;
  /** The person's, when it started. */
  readonly team: string;
  readonly imageName: string;
  readonly instanceType: string;
  /** As it was when it started; null: it has none. */
  readonly pricePerHour: number | null;
  readonly startedAt: number;
}

/** What was measured of it so far, or until its end. */
export interface MeteredUse extends MeteredApp {
  readonly milliseconds: number;
  /** Of these, how long nothing worked. */
  readonly idleMilliseconds: number;
  readonly hasEnded: boolean;
}
