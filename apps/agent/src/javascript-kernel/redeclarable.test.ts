import { expect, test } from 'vitest';
import { redeclarable } from './redeclarable.ts';

test.each([
  ['const a = 1;', 'var a = 1;'],
  ['let a = 1; const b = 2', 'var a = 1; var b = 2'],
  ['const { a, b: [c] } = x;\nlet d', 'var { a, b: [c] } = x;\nvar d'],
  ['class A extends B {\n  let = 1;\n}', 'var A = class A extends B {\n  let = 1;\n}'],
  ['const a = await f();', 'var a = await f();'],
])('a cell declares again what it declared: %s', (code, expected) => {
  expect(redeclarable(code)).toBe(expected);
});

test.each([
  'if (x) {\n  const a = 1;\n}',
  'for (const a of b) c(a);',
  'const',
  "f('\\nconst a = 1')",
  '`\nconst a = 1;\n`',
  '/*\nconst a = 1;\n*/',
  '// x\n  f(\nlet)',
  'const a = ;',
])('all else stays as it is: %s', (code) => {
  expect(redeclarable(code)).toBe(code);
});
