import { isObject } from '../template/template.ts';
import { intrinsics } from './intrinsics.ts';
import type { Scope } from './scope.ts';
import type { Resolved } from './unknown.ts';
import { dynamicReference, functionNotResolved } from './unknown-reasons.ts';

const dynamic = /\{\{resolve:[^}]*\}\}/;

/** A value of a template with every function in it worked out, or unknown in its place. */
export function resolveValue(value: unknown, scope: Scope): Resolved {
  if (typeof value === 'string') {
    const reference = dynamic.exec(value)?.[0];
    return reference === undefined ? value : dynamicReference(reference);
  }
  if (Array.isArray(value)) {
    // `AWS::NoValue` takes an item out of its list.
    return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value as Resolved;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isFunctionName(only[0])) {
    const [name, argument] = only;
    return intrinsics.get(name)?.(argument, scope) ?? nothingOrUnknown(name);
  }
  return Object.fromEntries(
    entries.flatMap(([key, item]) => {
      const resolved = isFunctionName(key) ? functionNotResolved(key) : resolveValue(item, scope);
      return resolved === undefined ? [] : [[key, resolved]];
    }),
  );
}

/** A function that came to nothing is `AWS::NoValue`; one that is not known here is unknown. */
function nothingOrUnknown(name: string): Resolved {
  return intrinsics.has(name) ? undefined : functionNotResolved(name);
}

function isFunctionName(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}
