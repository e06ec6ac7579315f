export type ParameterValue = string | number | boolean;

/** A value that the notebook's `parameters` cell names, with what it has there. */
export interface Parameter {
  readonly name: string;
  readonly value: ParameterValue;
}

interface CellSource {
  readonly source: string;
  readonly tags: unknown;
}

/** `name = value` as Python, R, Julia and JavaScript write it; at the line's beginning. */
const assignment =
  /^(?:(?:const|let|var)\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*(?::\s*[\w[\], .|]+?)?\s*(?:=(?!=)|<-)\s*(.+?)\s*;?\s*$/;
const trueWords = new Set(['True', 'true', 'TRUE']);
const falseWords = new Set(['False', 'false', 'FALSE']);
const text = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*(?:#.*|\/\/.*)?$/;
const number = /^([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?:#.*|\/\/.*)?$/;
const word = /^(\w+)\s*(?:#.*|\/\/.*)?$/;

/** What can be given to a run of it: papermill's convention, the first cell tagged `parameters`. */
export function findParameters(cells: readonly CellSource[]): Parameter[] {
  const cell = cells.find(({ tags }) => Array.isArray(tags) && tags.includes('parameters'));
  if (cell === undefined) return [];
  const found = new Map<string, Parameter>();
  for (const line of cell.source.split('\n')) {
    const [, name, written = ''] = assignment.exec(line) ?? [];
    const value = name === undefined ? undefined : parseLiteral(written);
    if (name !== undefined && value !== undefined) found.set(name, { name, value });
  }
  return [...found.values()];
}

/** Undefined for whatever is no literal: a run computes it as the notebook does. */
function parseLiteral(written: string): ParameterValue | undefined {
  const quoted = text.exec(written);
  if (quoted !== null) return withoutEscapes(quoted[1] ?? quoted[2] ?? '');
  const digits = number.exec(written)?.[1];
  if (digits !== undefined) return Number(digits.replaceAll('_', ''));
  const said = word.exec(written)?.[1] ?? '';
  if (trueWords.has(said)) return true;
  return falseWords.has(said) ? false : undefined;
}

function withoutEscapes(escaped: string): string {
  const meant: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
  return escaped.replaceAll(/\\(.)/g, (_whole, letter: string) => meant[letter] ?? letter);
}
