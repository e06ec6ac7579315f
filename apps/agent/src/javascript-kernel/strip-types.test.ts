import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { stripTypes } from './strip-types.ts';

const lines = (text: string) => text.split('\n');

test('a cell loses its types, and each line stays where it was', () => {
  const cell = [
    'interface Rate {',
    '  year: number;',
    '}',
    'type Rates = readonly Rate[];',
    'function first<T>(list: readonly T[]): T | undefined {',
    '  return list[0];',
    '}',
    'const rates: Rates = [{ year: 2026 }];',
    'abstract class Shape { constructor(readonly side: number) {} }',
    'first<Rate>(rates)!.year satisfies number;',
  ].join('\n');
  const stripped = stripTypes(cell);
  expect(lines(stripped)).toHaveLength(lines(cell).length);
  expect(lines(stripped)[5]).toBe('  return list[0];');
  expect(new Script(stripped).runInNewContext()).toBe(2026);
});

test.each([
  [
    'an enum',
    "enum Level { Low, High = 5, Word = 'w' }\n[Level.High, Level[0], Level.Word].join()",
  ],
  [
    'a constant enum',
    "const enum Level { Low, High = 5, Word = 'w' }\n[Level.High, 'Low', Level.Word].join()",
  ],
  ['a generic arrow', 'const same = <T,>(x: T): T => x;\nsame<string>("5,Low,w")'],
  ['an assertion', "('5,Low,w' as unknown) as string"],
])('%s runs', (_what, cell) => {
  expect(new Script(stripTypes(cell)).runInNewContext()).toBe('5,Low,w');
});

test.each([
  ['JavaScript', "const a = 1;\n// namespace A {\n`\nnamespace B {`; a?.b ?? 'c'"],
  ['what waits', 'await f();\nfor await (const a of b) c(a);'],
  ['what is imported', "import { readFileSync } from 'node:fs';"],
  ['what is no object', '{ a; };'],
])('%s stays as it is', (_what, cell) => {
  expect(stripTypes(cell)).toBe(cell);
});

test('a cell that is one object is one, as at the prompt of Node.js', () => {
  expect(stripTypes('{ a: 1 as number, b: 2 }').replaceAll(' ', '')).toBe('({a:1,b:2})');
  expect(stripTypes('{ const a: number = 1 }').replaceAll(' ', '')).toBe('{consta=1}');
});

test.each([
  ['is no TypeScript', 'const a: number = 1;\nconst b: = 2;', 2],
  ['is no JavaScript either', 'const a = 1;\n\nconst b = ;', 3],
  ['is not finished', 'function f() {\n', 2],
  ['would lose a namespace', 'const a = 1;\nnamespace N { export const b = 1 }', 2],
])('a cell that %s fails with its line', (_what, cell, line) => {
  const thrown = catchError(() => stripTypes(cell));
  expect(thrown).toBeInstanceOf(SyntaxError);
  expect(lines(thrown.stack ?? '').slice(0, 2)).toEqual([`cell:${line}`, lines(cell)[line - 1]]);
});

function catchError(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
