import type { MeteredApp, MeteredUse } from './metered-app.ts';
import { dayMilliseconds, dayOf, hourMilliseconds, type Month } from './month.ts';

/** What one person used of one type and image on one day. */
export interface Slice {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly profileName: string;
  readonly team: string;
  readonly imageName: string;
  readonly instanceType: string;
  readonly milliseconds: number;
  readonly idleMilliseconds: number;
  readonly amount: number;
}

type Span = Pick<Month, 'fromMilliseconds' | 'toMilliseconds'>;

/**
 * One app's use by days, as far as it lies in the span. It lies where it began and goes on for as long as
 * was measured, whatever the clock did meanwhile: no second of it is counted twice or left out.
 */
export function sliceByDay(use: MeteredUse, span: Span): Slice[] {
  const { profileName, team, imageName, instanceType, startedAt, milliseconds } = use;
  const idleShare = milliseconds === 0 ? 0 : Math.min(1, use.idleMilliseconds / milliseconds);
  const end = Math.min(startedAt + milliseconds, span.toMilliseconds);
  const slices: Slice[] = [];
  let from = Math.max(startedAt, span.fromMilliseconds);
  while (from < end) {
    const nextDay = (Math.floor(from / dayMilliseconds) + 1) * dayMilliseconds;
    const length = Math.min(end, nextDay) - from;
    slices.push({
      ...{ day: dayOf(from), profileName, team, imageName, instanceType },
      ...{ milliseconds: length, idleMilliseconds: length * idleShare },
      amount: amountOf({ ...use, milliseconds: length }),
    });
    from = nextDay;
  }
  return slices;
}

/** What of an app's cost lies in the span, as `sliceByDay` would add it up. */
export function amountWithin(use: MeteredUse, span: Span): number {
  const from = Math.max(use.startedAt, span.fromMilliseconds);
  const end = Math.min(use.startedAt + use.milliseconds, span.toMilliseconds);
  return amountOf({ pricePerHour: use.pricePerHour, milliseconds: Math.max(0, end - from) });
}

/** A studio's own server has no price, and is no part of what hours cost. */
export function isCharged({ appType }: Pick<MeteredApp, 'appType'>): boolean {
  return appType !== 'JupyterServer';
}

/** Charged apps of one person, or of everybody. */
export function chargedOf(profileName: string | undefined): (app: MeteredApp) => boolean {
  return (app) => isCharged(app) && (profileName === undefined || app.profileName === profileName);
}

export function amountOf({
  pricePerHour,
  milliseconds,
}: Pick<MeteredUse, 'pricePerHour' | 'milliseconds'>): number {
  return ((pricePerHour ?? 0) * milliseconds) / hourMilliseconds;
}
