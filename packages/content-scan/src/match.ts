import type { ScanRule } from '@strongroom/contracts';

/** Something found in a text, before it is masked. Never logged, never sent. */
export interface Match {
  readonly rule: ScanRule;
  readonly start: number;
  readonly end: number;
}

/** Where two rules see the same characters, the one that says more is kept. */
const ruleRanks: Readonly<Record<ScanRule, number>> = {
  'private-key': 0,
  'cloud-key': 1,
  'password-in-url': 2,
  token: 3,
  'resident-registration-number': 4,
  'foreigner-registration-number': 5,
  'card-number': 6,
  'phone-number': 7,
  'account-number': 8,
  'email-address': 9,
};

/** In the order of the text, none over another. */
export function withoutOverlaps(matches: readonly Match[]): Match[] {
  const sorted = [...matches].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Match[] = [];
  for (const match of sorted) {
    const last = kept.at(-1);
    if (last === undefined || match.start >= last.end) kept.push(match);
    else if (ruleRanks[match.rule] < ruleRanks[last.rule]) kept[kept.length - 1] = match;
  }
  return kept;
}

/** Every match of a pattern with the flag `g`. */
export function matchesOf(text: string, pattern: RegExp, rule: ScanRule): Match[] {
  const matches: Match[] = [];
  for (const found of text.matchAll(pattern)) {
    matches.push({ rule, start: found.index, end: found.index + found[0].length });
  }
  return matches;
}
