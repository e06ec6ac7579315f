import type { Place } from '../graph/resource.ts';

/** `Stack: LogicalId.Properties.Path`, as a person finds it in the template. */
export function placeText({ stack, logicalId, path }: Place): string {
  return `${stack}: ${logicalId}${path === '' ? '' : `.${path}`}`;
}
