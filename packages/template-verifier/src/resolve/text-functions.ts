import type { Intrinsic } from './scope.ts';
import { findUnknown, isList, isResolvedObject, isUnknown, type Resolved } from './unknown.ts';
import { functionNotResolved } from './unknown-reasons.ts';

export const join: Intrinsic = (argument, scope) => {
  const resolved = scope.resolve(argument);
  if (isUnknown(resolved)) return resolved;
  if (!isList(resolved) || resolved.length !== 2) return functionNotResolved('Fn::Join');
  const [delimiter, parts] = resolved;
  if (isUnknown(parts)) return parts;
  if (typeof delimiter !== 'string' || !isList(parts)) return functionNotResolved('Fn::Join');
  return findUnknown(parts) ?? parts.map((part) => plainText(part)).join(delimiter);
};

export const split: Intrinsic = (argument, scope) => {
  const resolved = scope.resolve(argument);
  if (!isList(resolved)) return isUnknown(resolved) ? resolved : functionNotResolved('Fn::Split');
  const [delimiter, text] = resolved;
  if (isUnknown(text)) return text;
  if (typeof delimiter !== 'string' || typeof text !== 'string') {
    return functionNotResolved('Fn::Split');
  }
  return text.split(delimiter);
};

export const select: Intrinsic = (argument, scope) => {
  const resolved = scope.resolve(argument);
  if (!isList(resolved)) return isUnknown(resolved) ? resolved : functionNotResolved('Fn::Select');
  const [index, list] = resolved;
  if (isUnknown(list)) return list;
  if (isUnknown(index)) return index;
  const chosen = isList(list) ? list[Number(index)] : undefined;
  return chosen === undefined ? functionNotResolved('Fn::Select') : chosen;
};

/** `${Name}`, `${Name.Attribute}`, and `${!Name}` for the text `${Name}` itself. */
const placeholder = /\$\{(!?)([^}]*)\}/g;

export const sub: Intrinsic = (argument, scope) => {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = scope.resolve(given ?? {});
  if (typeof text !== 'string') return functionNotResolved('Fn::Sub');
  if (isUnknown(values)) return values;
  const own = isResolvedObject(values) ? values : {};
  const lookup = (name: string): Resolved => {
    if (Object.hasOwn(own, name)) return own[name];
    return name.includes('.')
      ? scope.resolve({ 'Fn::GetAtt': name })
      : scope.resolve({ Ref: name });
  };
  const found = new Map<string, Resolved>();
  for (const [, literal, name = ''] of text.matchAll(placeholder)) {
    if (literal === '!') continue;
    const value = lookup(name.trim());
    if (isUnknown(value)) return value;
    found.set(name, value);
  }
  return text.replace(placeholder, (_, literal: string, name: string) =>
    literal === '!' ? `\${${name}}` : plainText(found.get(name)),
  );
};

export const base64: Intrinsic = (argument, scope) => {
  const text = scope.resolve(argument);
  if (isUnknown(text)) return text;
  return typeof text === 'string'
    ? Buffer.from(text, 'utf8').toString('base64')
    : functionNotResolved('Fn::Base64');
};

export const toJsonString: Intrinsic = (argument, scope) => {
  const value = scope.resolve(argument);
  return findUnknown(value) ?? JSON.stringify(value);
};

export const length: Intrinsic = (argument, scope) => {
  const list = scope.resolve(argument);
  if (isUnknown(list)) return list;
  return isList(list) ? list.length : functionNotResolved('Fn::Length');
};

function plainText(value: Resolved): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
