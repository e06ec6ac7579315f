import type { Resolved, ResolvedObject } from '../resolve/unknown.ts';
import { findUnknown, isList, isUnknown } from '../resolve/unknown.ts';

/**
 * What to make of the unknown parts of a statement: `widen` reads them as matching everything,
 * `narrow` as matching nothing. The truth lies between the two.
 */
export type Reading = 'widen' | 'narrow';

type Element = 'Action' | 'Resource' | 'Principal' | 'NotAction' | 'NotResource' | 'NotPrincipal';
const positive: readonly Element[] = ['Action', 'Resource', 'Principal'];
const negative: readonly Element[] = ['NotAction', 'NotResource', 'NotPrincipal'];

/** The statement without unknowns; undefined where, read narrowly, it may say nothing at all. */
export function readStatement(
  statement: ResolvedObject,
  reading: Reading,
): ResolvedObject | undefined {
  const read: Record<string, Resolved> = { ...statement };
  for (const element of positive) {
    if (findUnknown(read[element]) === undefined) continue;
    const known = reading === 'widen' ? '*' : knownPart(read[element]);
    if (known === undefined) return undefined;
    read[element] = known;
  }
  for (const element of negative) {
    if (findUnknown(read[element]) === undefined) continue;
    if (reading === 'narrow') return undefined;
    // Fewer exceptions match more; with none left it is about everything.
    const known = knownPart(read[element]);
    delete read[element];
    if (known === undefined) read[element.slice('Not'.length)] = '*';
    else read[element] = known;
  }
  if (findUnknown(read.Condition) === undefined) return read;
  if (reading === 'narrow') return undefined;
  delete read.Condition;
  return read;
}

/** The items of a list, or of each kind of principal, that are known; undefined when none is. */
function knownPart(value: Resolved): Resolved {
  if (isUnknown(value)) return undefined;
  if (isList(value)) {
    const known = value.filter((item) => findUnknown(item) === undefined);
    return known.length === 0 ? undefined : known;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kinds = Object.entries(value).flatMap(([kind, names]) => {
    const known = knownPart(names);
    return known === undefined ? [] : [[kind, known] as const];
  });
  return kinds.length === 0 ? undefined : Object.fromEntries(kinds);
}
