export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress';

export interface ConditionKey {
  /** As documented; a part that varies is written `${name}`. */
  readonly name: string;
  readonly type: ConditionKeyType;
  readonly multivalued: boolean;
}

export interface ConditionKeys {
  readonly all: readonly ConditionKey[];
  /** Keys are not case-sensitive. `aws:RequestTag/team` finds `aws:RequestTag/${name}`. */
  find(name: string): ConditionKey | undefined;
}

interface KeyPattern {
  readonly before: string;
  readonly after: string;
  readonly key: ConditionKey;
}

/** The data writes the varying part in one of three ways. */
const varyingPart = /\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/;

export function createConditionKeys(keys: readonly ConditionKey[]): ConditionKeys {
  const exact = new Map<string, ConditionKey>();
  const patterns: KeyPattern[] = [];
  const all = keys.map((key) => ({ ...key, name: key.name.replace(varyingPart, '$${name}') }));
  for (const [index, key] of all.entries()) {
    const [before = '', after] = (keys[index]?.name ?? '').toLowerCase().split(varyingPart);
    if (after === undefined) exact.set(before, key);
    else patterns.push({ before, after, key });
  }
  return {
    all,
    find(name) {
      const folded = name.toLowerCase();
      return exact.get(folded) ?? patterns.find((pattern) => fits(pattern, folded))?.key;
    },
  };
}

function fits({ before, after }: KeyPattern, name: string): boolean {
  const hasVaryingPart = name.length > before.length + after.length;
  return hasVaryingPart && name.startsWith(before) && name.endsWith(after);
}
