import type { Resource } from '../graph/resource.ts';
import { at, placeOf } from '../graph/resource.ts';
import { findUnknown, isUnknown, type Resolved, type Unknown } from '../resolve/unknown.ts';
import type { Text } from '../text.ts';
import type { Finding, Outcome, Verdict } from './question.ts';

export const notApplicable: Outcome = { verdict: 'not-applicable', findings: [] };

/** One broken place breaks the whole; one unknown place leaves it unknown. */
export function outcome(findings: readonly Finding[]): Outcome {
  if (findings.length === 0) return notApplicable;
  const verdicts = new Set<Verdict>(findings.map(({ verdict }) => verdict));
  if (verdicts.has('broken')) return { verdict: 'broken', findings };
  return { verdict: verdicts.has('unknown') ? 'unknown' : 'holds', findings };
}

type Extra = Partial<Pick<Finding, 'statements' | 'counterExample'>>;

export function holds(resource: Resource, path = '', extra: Extra = {}): Finding {
  return finding('holds', resource, path, undefined, extra);
}

export function broken(resource: Resource, path: string, says: Text, extra: Extra = {}): Finding {
  // What may not exist at all is not yet a mistake.
  if (resource.uncertain !== undefined) return undecided(resource, path, resource.uncertain);
  return finding('broken', resource, path, says, extra);
}

export function undecided(
  resource: Resource,
  path: string,
  unknown: Unknown,
  extra: Extra = {},
): Finding {
  const says = {
    english: `Cannot be told: ${unknown.reason.english}`,
    korean: `알 수 없습니다. ${unknown.reason.korean}`,
  };
  return finding('unknown', resource, path, says, extra);
}

function finding(
  verdict: Finding['verdict'],
  resource: Resource,
  path: string,
  says: Text | undefined,
  { statements = [], counterExample }: Extra,
): Finding {
  return { verdict, place: placeOf(resource, path), says, statements, counterExample };
}

/** Does the value at a path satisfy? An unknown one never does, and never fails either. */
export function checkValue(
  resource: Resource,
  path: string,
  accepts: (value: Exclude<Resolved, Unknown>) => boolean,
  says: Text,
): Finding {
  const value = at(resource, path);
  if (isUnknown(value)) return undecided(resource, path, value);
  if (accepts(value)) return holds(resource, path);
  const inside = findUnknown(value);
  return inside === undefined ? broken(resource, path, says) : undecided(resource, path, inside);
}

export function checkEach(
  resources: readonly Resource[],
  check: (resource: Resource) => Finding | readonly Finding[],
): Outcome {
  return outcome(resources.flatMap(check));
}

export const isTrue = (value: Resolved): boolean => value === true || value === 'true';
export const isPresent = (value: Resolved): boolean =>
  value !== undefined && value !== null && value !== '';
export const equals = (expected: string) => (value: Resolved) => value === expected;
