import type { Model } from '../../graph/model.ts';
import { onceFor } from '../../graph/once-for.ts';
import { inside, textsOf } from '../../graph/resource.ts';
import { isResolvedObject, type ResolvedObject } from '../../resolve/unknown.ts';

const key = 'sagemaker:instancetypes';
/** The size of a studio's own server, which no machine has. */
export const systemSize = 'system';
/** A size that no list can have on purpose. */
export const unapprovedType = 'ml.unapproved.48xlarge';

/** The sizes that the policies name; `system` alone where they name none. */
export function approvedTypes({ policies }: Pick<Model, 'policies'>): readonly string[] {
  return typesNamedBy(policies);
}

const typesNamedBy = onceFor((policies: Model['policies']) => {
  const named = policies.flatMap(({ statements }) => statements.flatMap(typesIn));
  const sizes = named.filter((size) => !/[*?]/.test(size));
  return [...new Set([systemSize, ...sizes])];
});

function typesIn({ Condition }: ResolvedObject): readonly string[] {
  if (!isResolvedObject(Condition)) return [];
  return Object.values(Condition).flatMap((keys) => {
    if (!isResolvedObject(keys)) return [];
    const name = Object.keys(keys).find((candidate) => candidate.toLowerCase() === key);
    return name === undefined
      ? []
      : textsOf(inside(Object.fromEntries([['it', keys[name]]]), 'it'));
  });
}
