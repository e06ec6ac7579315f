import type { Surroundings } from '../resolve/scope.ts';
import type { Resolved } from '../resolve/unknown.ts';
import type { Resource } from './resource.ts';
import type { StackSet } from './stacks.ts';

/** All resources of all given templates, found by type or by what refers to them. */
export interface Resources {
  readonly all: readonly Resource[];
  readonly surroundings: Surroundings;
  readonly missingStacks: StackSet['missing'];
  readonly transforms: readonly { readonly stack: string; readonly transform: string }[];
  ofType(...types: readonly string[]): readonly Resource[];
  /** The resource that a reference or an ARN means; undefined for one outside the templates. */
  find(value: Resolved, type?: string): Resource | undefined;
}

export function indexResources(
  all: readonly Resource[],
  rest: Pick<Resources, 'surroundings' | 'missingStacks' | 'transforms'>,
): Resources {
  const byType = new Map<string, Resource[]>();
  const byReference = new Map<string, Resource>();
  for (const resource of all) {
    const sameType = byType.get(resource.type);
    if (sameType === undefined) byType.set(resource.type, [resource]);
    else sameType.push(resource);
    if (resource.arn !== undefined) byReference.set(resource.arn, resource);
  }
  // An ARN names one thing; a plain name may be that of two kinds, so it comes second.
  for (const resource of all) {
    if (!byReference.has(resource.reference)) byReference.set(resource.reference, resource);
  }
  return {
    ...{ all, ...rest },
    ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    find(value, type) {
      if (typeof value !== 'string') return undefined;
      const found = byReference.get(value);
      if (type === undefined || found?.type === type) return found;
      return byType.get(type)?.find(({ reference, arn }) => reference === value || arn === value);
    },
  };
}
