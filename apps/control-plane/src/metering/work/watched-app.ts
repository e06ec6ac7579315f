import type { DomainInstanceType } from '@strongroom/domain';
import type { RunningApp } from '../../studios/running-app.ts';
import type { MeteredApp } from '../metered-app.ts';
import type { WorkSample } from './work-signs.ts';

/** When an app is ended; `undefined`: never. */
export type EndingRules = Partial<Pick<DomainInstanceType, 'idleMinutes' | 'maximumHours'>>;

export const noRules: EndingRules = { idleMinutes: undefined, maximumHours: undefined };

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;
/** A look costs reading a few files; between two the processor's use is averaged. */
const longestLookMilliseconds = 2 * minuteMilliseconds;
const shortestLookMilliseconds = 1_000;
const looksInIdleTime = 6;

export type WatchedName = Pick<MeteredApp, 'appId' | 'appType' | 'profileName'>;

/** One app that runs, with when it last worked. All times are of a clock that only goes on. */
export class WatchedApp {
  readonly name: WatchedName;
  readonly startedAt: number;
  lastWorkAt: number;
  /** What the next look is compared with. */
  before: Pick<WorkSample, 'at' | 'cpuSeconds'> | undefined;
  lookedAt: number;
  /** By what was seen at the look before. */
  wasWorking = false;
  rules: EndingRules = noRules;

  constructor(name: WatchedName, now: number) {
    this.name = name;
    this.startedAt = now;
    this.lastWorkAt = now;
    // At once, so that the next look has something to compare with.
    this.lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** The agent's word needs no look. */
  hear({ lastBusyAt }: Pick<RunningApp, 'lastBusyAt'>): void {
    if (lastBusyAt !== undefined) this.lastWorkAt = Math.max(this.lastWorkAt, lastBusyAt);
  }

  /** When something is to be done about it, if nothing happens until then. */
  nextLookAt(): number {
    return Math.min(
      this.lookedAt + this.#lookMilliseconds(),
      this.idleEndsAt() ?? Number.POSITIVE_INFINITY,
      this.lifetimeEndsAt() ?? Number.POSITIVE_INFINITY,
    );
  }

  isIdleOver(now: number): boolean {
    const end = this.idleEndsAt();
    return end !== undefined && now >= end;
  }

  isLifeOver(now: number): boolean {
    const end = this.lifetimeEndsAt();
    return end !== undefined && now >= end;
  }

  idleEndsAt(): number | undefined {
    const { idleMinutes } = this.rules;
    return idleMinutes === undefined
      ? undefined
      : this.lastWorkAt + idleMinutes * minuteMilliseconds;
  }

  lifetimeEndsAt(): number | undefined {
    const { maximumHours } = this.rules;
    return maximumHours === undefined
      ? undefined
      : this.startedAt + maximumHours * hourMilliseconds;
  }

  /** How long before the end it is told; what has just worked is not told of its end. */
  noticeMilliseconds(idleNoticeMinutes: number): number {
    const { idleMinutes = 0 } = this.rules;
    return Math.min(idleNoticeMinutes, idleMinutes / 2) * minuteMilliseconds;
  }

  #lookMilliseconds(): number {
    const { idleMinutes } = this.rules;
    if (idleMinutes === undefined) return longestLookMilliseconds;
    const share = (idleMinutes * minuteMilliseconds) / looksInIdleTime;
    return Math.min(longestLookMilliseconds, Math.max(shortestLookMilliseconds, share));
  }
}
