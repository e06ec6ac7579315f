import { isObject } from '../template/template.ts';
import type { Intrinsic, Scope } from './scope.ts';
import { isUnknown, type Resolved, Unknown } from './unknown.ts';
import { functionNotResolved } from './unknown-reasons.ts';

/** An unknown condition leaves both ways open, so the value is known only where both agree. */
export const ifFunction: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument) || argument.length !== 3) return functionNotResolved('Fn::If');
  const [name, then, otherwise] = argument;
  const holds = typeof name === 'string' ? scope.condition(name) : functionNotResolved('Fn::If');
  if (!isUnknown(holds)) return scope.resolve(holds ? then : otherwise);
  const [one, other] = [scope.resolve(then), scope.resolve(otherwise)];
  return JSON.stringify(one) === JSON.stringify(other) && !isUnknown(one) ? one : holds;
};

/** The functions of the section "Conditions" (CloudFormation User Guide, "Condition functions"). */
export function resolveCondition(expression: unknown, scope: Scope): boolean | Unknown {
  if (!isObject(expression)) return functionNotResolved('Conditions');
  const [entry] = Object.entries(expression);
  const [name, argument] = entry ?? ['', undefined];
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? scope.condition(argument) : functionNotResolved(name);
    case 'Fn::Equals':
      return equals(argument, scope);
    case 'Fn::Not':
      return negate(argument, scope);
    case 'Fn::And':
    case 'Fn::Or':
      return combine(argument, scope, name === 'Fn::And');
    default:
      return functionNotResolved(name);
  }
}

function equals(argument: unknown, scope: Scope): boolean | Unknown {
  if (!Array.isArray(argument)) return functionNotResolved('Fn::Equals');
  const [one, other] = argument.map((value): Resolved => scope.resolve(value));
  if (isUnknown(one)) return one;
  if (isUnknown(other)) return other;
  return String(one) === String(other);
}

function negate(argument: unknown, scope: Scope): boolean | Unknown {
  const [inner] = Array.isArray(argument) ? argument : [];
  const holds = resolveCondition(inner, scope);
  return isUnknown(holds) ? holds : !holds;
}

/** One false decides "and", one true decides "or", whatever the unknown ones are. */
function combine(argument: unknown, scope: Scope, and: boolean): boolean | Unknown {
  if (!Array.isArray(argument)) return functionNotResolved(and ? 'Fn::And' : 'Fn::Or');
  const values = argument.map((inner) => resolveCondition(inner, scope));
  if (values.includes(!and)) return !and;
  return values.find((value) => value instanceof Unknown) ?? and;
}
