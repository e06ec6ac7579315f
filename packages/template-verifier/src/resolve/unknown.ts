import type { Text } from '../text.ts';

/**
 * A value that the template alone does not tell. INVARIANT: whatever depends on one is unknown
 * too; nothing here turns it into a guess.
 */
export class Unknown {
  readonly reason: Text;

  constructor(reason: Text) {
    this.reason = reason;
  }
}

export type Resolved =
  | string
  | number
  | boolean
  | null
  | undefined
  | Unknown
  | readonly Resolved[]
  | ResolvedObject;

export interface ResolvedObject {
  readonly [key: string]: Resolved;
}

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

export function isResolvedObject(value: Resolved): value is ResolvedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value);
}

export function isList(value: Resolved): value is readonly Resolved[] {
  return Array.isArray(value);
}

/** The first unknown anywhere inside. */
export function findUnknown(value: Resolved): Unknown | undefined {
  if (isUnknown(value)) return value;
  if (isList(value)) return firstUnknown(value);
  return isResolvedObject(value) ? firstUnknown(Object.values(value)) : undefined;
}

function firstUnknown(values: readonly Resolved[]): Unknown | undefined {
  for (const value of values) {
    const found = findUnknown(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
