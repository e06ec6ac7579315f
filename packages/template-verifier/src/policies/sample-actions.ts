import { textsOf } from '../graph/resource.ts';
import type { ReadPolicy } from './read-policy.ts';

/** Concrete actions to ask about: one for every pattern that the policies allow. */
export function sampleActions(policies: readonly ReadPolicy[], prefix: string): readonly string[] {
  const named = policies
    .flatMap(({ statements }) => statements)
    .filter(({ Effect }) => Effect !== 'Deny')
    .flatMap(({ Action }) => textsOf(Action));
  const samples = named.map((action) =>
    action === '*' ? `${prefix}:AnyAction` : action.replaceAll('*', 'Any').replaceAll('?', 'A'),
  );
  return [...new Set([`${prefix}:AnyAction`, ...samples])];
}
