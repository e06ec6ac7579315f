import { anyCharacter, anyRun, type GlobPart } from './glob.ts';

/** `${key}` or `${key, 'default'}` in a policy of version 2012-10-17. */
export interface Variable {
  /** In lower case: context keys are not case-sensitive. */
  readonly key: string;
  readonly fallback?: string;
}

export type TemplatePart = GlobPart | Variable;
export type Template = readonly TemplatePart[];

export interface TemplateReading {
  /** False in a document of version 2008-10-17, where `${aws:username}` is plain text. */
  readonly variables: boolean;
  /** False for operators such as StringEquals, where `*` is plain text. */
  readonly wildcards: boolean;
}

/** What a variable resolves to; undefined when the request does not have it as one value. */
export type VariableLookup = (key: string) => string | undefined;

const keyPattern = /^[^,'{}$]+$/;
const quotedPattern = /^'[^']*'$/;
const fixedCharacters = new Set(['*', '?', '$']);

/** Undefined when a variable is not closed or not readable: such a value has no safe meaning. */
export function parseTemplate(source: string, reading: TemplateReading): Template | undefined {
  const parts: TemplatePart[] = [];
  let position = 0;
  while (position < source.length) {
    if (reading.variables && source.startsWith('${', position)) {
      const end = source.indexOf('}', position);
      const variable = end < 0 ? undefined : parseVariable(source.slice(position + 2, end));
      if (variable === undefined) return undefined;
      append(parts, variable);
      position = end + 1;
    } else {
      append(parts, readCharacter(source.charAt(position), reading.wildcards));
      position += 1;
    }
  }
  return parts;
}

/**
 * INVARIANT: what a variable resolves to is text and stays text. A user called `*` owns one
 * folder, not all of them.
 */
export function resolveTemplate(
  template: Template,
  lookup: VariableLookup,
): readonly GlobPart[] | undefined {
  const resolved: GlobPart[] = [];
  for (const part of template) {
    if (!isVariable(part)) {
      appendGlob(resolved, part);
      continue;
    }
    const value = lookup(part.key) ?? part.fallback;
    if (value === undefined) return undefined;
    appendGlob(resolved, value);
  }
  return resolved;
}

export function isVariable(part: TemplatePart): part is Variable {
  return typeof part === 'object';
}

/** A template without variables is already a pattern; undefined when it has some. */
export function fixedPattern(template: Template): readonly GlobPart[] | undefined {
  return template.some(isVariable) ? undefined : (template as readonly GlobPart[]);
}

/** The pattern as a person would write it. */
export function patternText(parts: readonly GlobPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.description)).join('');
}

function parseVariable(text: string): TemplatePart | undefined {
  if (fixedCharacters.has(text)) return text;
  const comma = text.indexOf(',');
  const key = (comma < 0 ? text : text.slice(0, comma)).trim().toLowerCase();
  if (!keyPattern.test(key)) return undefined;
  if (comma < 0) return { key };
  const quoted = text.slice(comma + 1).trim();
  return quotedPattern.test(quoted) ? { key, fallback: quoted.slice(1, -1) } : undefined;
}

function readCharacter(character: string, wildcards: boolean): GlobPart {
  if (wildcards && character === '*') return anyRun;
  if (wildcards && character === '?') return anyCharacter;
  return character;
}

function append(parts: TemplatePart[], part: TemplatePart): void {
  if (isVariable(part)) parts.push(part);
  else appendGlob(parts, part);
}

/** Joins neighbouring text and neighbouring `*`, so that the same pattern has one form. */
function appendGlob(parts: TemplatePart[], part: GlobPart): void {
  const last = parts.at(-1);
  if (part === '') return;
  if (part === anyRun && last === anyRun) return;
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else parts.push(part);
}
