import type { PrincipalKind } from '../policy-document.ts';
import { joinPath } from './copy-bounded.ts';
import { invalidElement } from './policy-document-error.ts';

const principalKinds: readonly PrincipalKind[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** One text or a list of texts. An empty list is refused: as `NotAction` it would mean everything. */
export function readTexts(value: unknown, path: string): void {
  readList(value, path, (item) => typeof item === 'string' && item !== '', 'text');
}

export function readPrincipal(value: unknown, path: string): void {
  if (value === '*') return;
  const kinds = entriesOf(value, path, '"*" or an object');
  for (const [kind, names] of kinds) {
    if (!principalKinds.includes(kind as PrincipalKind)) {
      throw invalidElement(joinPath(path, kind), `expected one of ${principalKinds.join(', ')}`);
    }
    readTexts(names, joinPath(path, kind));
  }
}

export function readCondition(value: unknown, path: string): void {
  if (isEmptyObject(value)) return;
  for (const [operator, keys] of entriesOf(value, path, 'operators')) {
    const operatorPath = joinPath(path, operator);
    for (const [key, values] of entriesOf(keys, operatorPath, 'condition keys')) {
      readList(values, joinPath(operatorPath, key), isConditionValue, 'text, number or boolean');
    }
  }
}

function isConditionValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function readList(
  value: unknown,
  path: string,
  accepts: (item: unknown) => boolean,
  expected: string,
): void {
  if (!Array.isArray(value)) {
    if (!accepts(value)) throw invalidElement(path, `expected ${expected}`);
    return;
  }
  if (value.length === 0) throw invalidElement(path, 'expected at least one value');
  const wrong = value.findIndex((item) => !accepts(item));
  if (wrong >= 0) throw invalidElement(`${path}[${wrong}]`, `expected ${expected}`);
}

function entriesOf(value: unknown, path: string, expected: string): [string, unknown][] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isObject ? Object.entries(value) : [];
  if (entries.length === 0) throw invalidElement(path, `expected ${expected}`);
  return entries;
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}
