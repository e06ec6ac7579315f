import type { ShareAudience, ShareChoices, ShareSummary } from '@strongroom/contracts';
import { dayAfter, endOfDay, latestAfter } from './days.ts';

export interface ShareForm {
  /** Null: a new link. Otherwise the share that gets another version. */
  readonly shareId: string | null;
  readonly includesOutputs: boolean;
  readonly audience: ShareAudience;
  /** `yyyy-mm-dd`, the last day. */
  readonly lastDay: string;
  readonly note: string;
  readonly acceptsWarnings: boolean;
}

export const noteMaximumCharacters = 2_000;

export function emptyForm(choices: ShareChoices, now: Date): ShareForm {
  const { defaultDays, maximumDays } = choices;
  return {
    ...{ shareId: null, includesOutputs: true, note: '', acceptsWarnings: false },
    audience: { everyone: false, teams: [], people: [] },
    lastDay: dayAfter(now, Math.min(defaultDays, maximumDays)),
  };
}

/** Days from now that are offered. */
export function presetDays({ maximumDays }: Pick<ShareChoices, 'maximumDays'>): number[] {
  return [1, 7, 30].filter((days) => days <= maximumDays);
}

export function hasAudience({ everyone, teams, people }: ShareAudience): boolean {
  return everyone || teams.length > 0 || people.length > 0;
}

/** When it ends, as it is asked for; null where that day cannot be. */
export function endOf(form: ShareForm, choices: ShareChoices, now: Date): string | null {
  return endOfDay(form.lastDay, latestAfter(now, choices.maximumDays), now);
}

/** The shares of this notebook to which a version can be added. */
export function sharesOf(path: string, mine: readonly ShareSummary[]): ShareSummary[] {
  return mine.filter(
    ({ sourcePath, state, may }) => sourcePath === path && state === 'active' && may.manage,
  );
}
