import { documentLimits } from './document-limits.ts';
import { invalidElement, PolicyDocumentError } from './policy-document-error.ts';

interface Budget {
  nodes: number;
  characters: number;
}

/**
 * A plain copy of JSON-like data. Refuses cyclic and giant input in bounded time, and the copy
 * cannot be changed afterwards by whoever handed the original in.
 */
export function copyBounded(value: unknown): unknown {
  return copy(value, '', 0, { nodes: documentLimits.nodes, characters: documentLimits.textBytes });
}

function copy(value: unknown, path: string, depth: number, budget: Budget): unknown {
  if (depth > documentLimits.depth) {
    throw new PolicyDocumentError('too-deep', path, `nested over ${documentLimits.depth} levels`);
  }
  spend(budget, 'nodes', 1, path);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return copyText(value, path, budget);
  if (Array.isArray(value)) {
    spend(budget, 'nodes', value.length, path);
    return Array.from(value, (item, index) => copy(item, `${path}[${index}]`, depth + 1, budget));
  }
  if (isPlainObject(value)) return copyObject(value, path, depth, budget);
  throw invalidElement(path, `expected JSON, got a ${typeof value}`);
}

function copyObject(
  value: Record<string, unknown>,
  path: string,
  depth: number,
  budget: Budget,
): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const key in value) {
    if (!Object.hasOwn(value, key) || value[key] === undefined) continue;
    copyText(key, path, budget);
    entries.push([key, copy(value[key], joinPath(path, key), depth + 1, budget)]);
  }
  // fromEntries defines own properties, so that a key "__proto__" stays a key.
  return Object.fromEntries(entries);
}

function copyText(text: string, path: string, budget: Budget): string {
  if (text.length > documentLimits.stringCharacters) {
    throw new PolicyDocumentError('too-large', path, 'a text is too long');
  }
  spend(budget, 'characters', text.length, path);
  return text;
}

function spend(budget: Budget, kind: keyof Budget, amount: number, path: string): void {
  budget[kind] -= amount;
  if (budget[kind] < 0) throw new PolicyDocumentError('too-large', path, 'too large');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Long or odd keys are cut in paths: a path is for people to read. */
export function joinPath(path: string, key: string): string {
  const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
  return path === '' ? shown : `${path}.${shown}`;
}
