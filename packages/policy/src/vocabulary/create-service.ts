import { type ConditionKey, createConditionKeys } from './condition-keys.ts';
import type { ActionVocabulary, ServiceVocabulary } from './vocabulary.ts';

/** A service as its documentation tells it: from AWS's data, or written by us for our own. */
export interface ServiceSource {
  readonly prefix: string;
  readonly actions: readonly ActionSource[];
  readonly resourceTypes: readonly ResourceTypeSource[];
  readonly conditionKeys: readonly ConditionKey[];
}

export interface ActionSource {
  readonly name: string;
  /** Names of the service's resource types; none for an action on the resource `*` only. */
  readonly resourceTypes: readonly string[];
  readonly conditionKeys: readonly string[];
}

export interface ResourceTypeSource {
  readonly name: string;
  /** For example `arn:${Partition}:s3:::${BucketName}`. */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export function createService(source: ServiceSource): ServiceVocabulary {
  const types = new Map(source.resourceTypes.map((type) => [type.name, type]));
  const conditionKeys = createConditionKeys(source.conditionKeys);
  const canonical = (name: string) => (conditionKeys.find(name)?.name ?? name).toLowerCase();
  return {
    prefix: source.prefix,
    actions: new Map(
      source.actions.map((action) => [
        action.name.toLowerCase(),
        createAction(action, types, canonical),
      ]),
    ),
    conditionKeys,
  };
}

function createAction(
  action: ActionSource,
  types: ReadonlyMap<string, ResourceTypeSource>,
  canonical: (key: string) => string,
): ActionVocabulary {
  const actedUpon = action.resourceTypes.flatMap((name) => types.get(name) ?? []);
  const keys = [action, ...actedUpon].flatMap((owner) => owner.conditionKeys);
  return {
    name: action.name,
    resourceArns: actedUpon.map((type) => type.arn),
    conditionKeys: new Set(keys.map(canonical)),
  };
}
