import { notInTemplates } from '../graph/foreign.ts';
import { at, itemsOf, type Resource } from '../graph/resource.ts';
import type { Resources } from '../graph/resources.ts';
import { isUnknown } from '../resolve/unknown.ts';
import { undecided } from './judge.ts';
import type { Finding } from './question.ts';

/** Asks about each resource that a list names; one from outside the templates cannot be told. */
export function checkItems(
  resources: Resources,
  resource: Resource,
  path: string,
  check: (item: Resource) => Finding | readonly Finding[],
): readonly Finding[] {
  return itemsOf(at(resource, path)).flatMap((value) => {
    if (isUnknown(value)) return undecided(resource, path, value);
    const item = resources.find(value);
    return item === undefined
      ? undecided(resource, path, notInTemplates(String(value)))
      : check(item);
  });
}
