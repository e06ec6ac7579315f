// @ts-check

const importForms = [
  // import … from 'x', export … from 'x', import type … from 'x'
  /\bfrom\s*(['"])([^'"\n]+)\1/g,
  // import 'x'
  /\bimport\s*(['"])([^'"\n]+)\1/g,
  // import('x'), require('x'), require.resolve('x')
  /\b(?:import|require|require\.resolve)\s*\(\s*(['"])([^'"\n]+)\1/g,
];

/**
 * Every module a source file names. Text is searched, not parsed: an import written inside a
 * string counts too, which is strict in the safe direction.
 *
 * @param {string} source
 * @returns {string[]} in order of first appearance, without repetitions
 */
export function findImports(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const found = importForms.flatMap((form) =>
    [...code.matchAll(form)].map((match) => ({ at: match.index, name: match[2] ?? '' })),
  );
  return [...new Set(found.sort((left, right) => left.at - right.at).map(({ name }) => name))];
}
