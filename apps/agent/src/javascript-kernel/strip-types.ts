import { transform } from 'sucrase';

/**
 * A cell without its types, with each line where it was: what fails is told with the line that a person
 * wrote. Enums and parameter properties become what TypeScript makes of them.
 *
 * @throws {SyntaxError}
 */
export function stripTypes(code: string): string {
  const stripped = isObjectOnly(code) ? strip(`(${code})`) : undefined;
  if (stripped !== undefined) return stripped;
  const text = strip(code) ?? fail(code);
  const line = droppedNamespace(code, text);
  if (line === undefined) return text;
  throw syntaxErrorAt(code, line, 'A namespace is not supported here: use an object or a class');
}

/** Node.js' prompt takes a cell that is one pair of braces for an object where it can be one. */
function isObjectOnly(code: string): boolean {
  return /^\s*\{/.test(code) && !/;\s*$/.test(code);
}

/** `undefined` where it is no TypeScript. */
function strip(code: string): string | undefined {
  try {
    return toJavaScript(code);
  } catch {
    return undefined;
  }
}

function toJavaScript(code: string): string {
  return transform(code, {
    transforms: ['typescript'],
    disableESTransforms: true,
    // A later cell may use what this one imports.
    keepUnusedImports: true,
  }).code;
}

function fail(code: string): never {
  try {
    toJavaScript(code);
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const said = message.replace(/^Error transforming \S+: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw syntaxErrorAt(code, loc?.line ?? 1, said, loc?.column);
  }
  throw new SyntaxError('Invalid TypeScript');
}

const namespacePattern = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w$.]+\s*\{/gm;

/** Whole namespaces would vanish without a word. One in a text or a comment is still there afterwards. */
function droppedNamespace(code: string, text: string): number | undefined {
  const before = [...code.matchAll(namespacePattern)];
  const after = [...text.matchAll(namespacePattern)];
  if (before.length === after.length) return undefined;
  return code.slice(0, before[0]?.index ?? 0).split('\n').length;
}

/** Shown as Node.js shows its own. */
function syntaxErrorAt(code: string, line: number, message: string, column?: number): SyntaxError {
  const error = new SyntaxError(message);
  const source = code.split('\n')[line - 1] ?? '';
  const mark = column === undefined ? [] : [`${' '.repeat(Math.max(0, column - 1))}^`];
  error.stack = [`cell:${line}`, source, ...mark, '', `SyntaxError: ${message}`].join('\n');
  return error;
}
