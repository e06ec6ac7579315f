import { isJsonObject, type JsonObject, jsonEquals } from './json.ts';

/** Three-way, key by key. Where both changed the same value, ours stays. */
export function mergeJson(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (jsonEquals(theirs, base) || jsonEquals(ours, theirs)) return ours;
  if (jsonEquals(ours, base)) return theirs;
  if (!isJsonObject(ours) || !isJsonObject(theirs)) return ours;
  return mergeObjects(isJsonObject(base) ? base : {}, ours, theirs);
}

export function mergeObjects(base: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
  const entries: [string, unknown][] = [];
  for (const key of mergedKeys(ours, theirs)) {
    const value = mergeJson(own(base, key), own(ours, key), own(theirs, key));
    if (value !== undefined) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/** In our order; where that is the alphabet's, as Jupyter writes it, it stays so. */
function mergedKeys(ours: JsonObject, theirs: JsonObject): string[] {
  const known = Object.keys(ours);
  const isSorted = known.every((key, index) => index === 0 || (known[index - 1] ?? '') < key);
  const keys = [...known, ...Object.keys(theirs).filter((key) => !Object.hasOwn(ours, key))];
  return isSorted ? keys.sort() : keys;
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
