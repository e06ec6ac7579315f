import { joinPath } from '../document/copy-bounded.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface TextAtPath {
  readonly path: string;
  readonly text: string;
}

/** The texts of an element that holds one text or a list; anything else is left out. */
export function textsOf(elements: JsonObject, element: string, path: string): TextAtPath[] {
  const elementPath = joinPath(path, element);
  return itemsOf(elements[element], elementPath).flatMap(({ path: itemPath, value }) =>
    typeof value === 'string' ? [{ path: itemPath, text: value }] : [],
  );
}

export interface ValueAtPath {
  readonly path: string;
  readonly value: unknown;
}

/** One value, or each value of a list, with its path. */
export function itemsOf(value: unknown, path: string): ValueAtPath[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [{ path, value }];
  return value.map((item: unknown, index) => ({ path: `${path}[${index}]`, value: item }));
}
