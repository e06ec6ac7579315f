import type { ConditionKeys } from './condition-keys.ts';

/** What actions, resources and condition keys exist. Lives in memory, so that checks stay pure. */
export interface Vocabulary {
  /** Prefixes of all services that exist, loaded or not, in lower case. */
  readonly serviceNames: ReadonlySet<string>;
  /** The services that were asked for, by prefix in lower case. */
  readonly services: ReadonlyMap<string, ServiceVocabulary>;
  /** Keys that a request to any service may have, such as `aws:SourceVpce`. */
  readonly globalKeys: ConditionKeys;
}

export interface ServiceVocabulary {
  readonly prefix: string;
  /** By name in lower case: actions are not case-sensitive. */
  readonly actions: ReadonlyMap<string, ActionVocabulary>;
  readonly conditionKeys: ConditionKeys;
}

export interface ActionVocabulary {
  readonly name: string;
  /**
   * ARNs of what it acts on, with `${…}` for each part that varies. Empty for an action that acts
   * on no resource: its statement must have the resource `*`.
   */
  readonly resourceArns: readonly string[];
  /** Names, in lower case, of the keys that a request for it may have besides the global ones. */
  readonly conditionKeys: ReadonlySet<string>;
}
