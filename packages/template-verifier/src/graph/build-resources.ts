import { arnValue, referenceValue } from '../resolve/naming/symbolic-values.ts';
import type { Scope } from '../resolve/scope.ts';
import { isResolvedObject, isUnknown } from '../resolve/unknown.ts';
import type { Resource } from './resource.ts';

/** The resources of a stack that exist, or may exist. */
export function buildResources(scope: Scope): readonly Resource[] {
  return Object.entries(scope.template.resources).flatMap(([logicalId, resource]) => {
    const exists = resource.condition === undefined || scope.condition(resource.condition);
    if (exists === false) return [];
    const properties = scope.resolve(resource.properties);
    const reference = referenceValue(scope, logicalId);
    return [
      {
        ...{ stack: scope.stack, logicalId, type: resource.type },
        properties: isResolvedObject(properties) ? properties : {},
        reference: typeof reference === 'string' ? reference : `${scope.stack}/${logicalId}`,
        arn: arnValue(scope, logicalId),
        uncertain: isUnknown(exists) ? exists : undefined,
        deletionPolicy: resource.deletionPolicy,
        metadata: resource.metadata,
      },
    ];
  });
}
