import type { Resolved, ResolvedObject } from '../resolve/unknown.ts';
import { isList, isResolvedObject, isUnknown, type Unknown } from '../resolve/unknown.ts';
import type { JsonObject } from '../template/template.ts';

/** One resource of one stack, with its functions worked out. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ResolvedObject;
  /** What `Ref` gives; a symbol where only a deployment tells. */
  readonly reference: string;
  readonly arn: string | undefined;
  /** Set where its condition cannot be decided: it may or may not exist. */
  readonly uncertain: Unknown | undefined;
  readonly deletionPolicy: string | undefined;
  readonly metadata: JsonObject;
}

/**
 * A value inside a resource, by a path such as `VPCConfig.Subnets.0`. `undefined`: not there.
 * Unknown where the path goes through something unknown.
 */
export function at(resource: Resource, path: string): Resolved {
  return inside(resource.properties, path);
}

export function inside(value: Resolved, path: string): Resolved {
  let current = value;
  for (const key of path.split('.')) {
    if (isUnknown(current)) return current;
    if (isList(current)) current = current[Number(key)];
    else if (isResolvedObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

/** Items of a list, or the one value that stands for a list. Unknown stays one unknown item. */
export function itemsOf(value: Resolved): readonly Resolved[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

export function textsOf(value: Resolved): readonly string[] {
  return itemsOf(value).filter((item) => typeof item === 'string');
}

/** Where a value stands in the template, as reports name it. */
export interface Place {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Below the resource, such as `Properties.KmsKeyId`. */
  readonly path: string;
}

export function placeOf(resource: Resource, path = ''): Place {
  const { stack, logicalId, type } = resource;
  return { stack, logicalId, type, path: path === '' ? '' : `Properties.${path}` };
}

/** Tags as CloudFormation lists them; `unknown` where one cannot be read. */
export function tagsOf(resource: Resource): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const item of itemsOf(at(resource, 'Tags'))) {
    const [key, value] = [inside(item, 'Key'), inside(item, 'Value')];
    if (typeof key === 'string' && typeof value === 'string') tags[key] = value;
  }
  return tags;
}
