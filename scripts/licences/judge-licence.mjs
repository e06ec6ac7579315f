// @ts-check

const commonLicences = new Set([
  'Apache-2.0',
  'MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MPL-2.0',
]);

/** Permissive too, but rare enough to be named in docs/dependencies.md. */
const uncommonLicences = new Set([
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/**
 * @param {{ license?: unknown, licenses?: unknown }} manifest
 * @returns {string} an SPDX expression, or `unknown`
 */
export function licenceOf(manifest) {
  const stated = manifest.license ?? manifest.licenses;
  if (typeof stated === 'string') return stated;
  const types = [stated].flat().map((entry) => /** @type {any} */ (entry)?.type);
  return types.every((type) => typeof type === 'string') ? types.join(' OR ') : 'unknown';
}

/**
 * An SPDX expression is allowed where one side of each OR, and both of each AND, are.
 *
 * @param {string} expression
 */
export function isAllowedLicence(expression) {
  return holds(expression, (name) => commonLicences.has(name) || uncommonLicences.has(name));
}

/** @param {string} expression */
export function isCommonLicence(expression) {
  return holds(expression, (name) => commonLicences.has(name));
}

/**
 * AND binds closer than OR (SPDX 2.3, annex D.4.5); no package here nests parentheses.
 *
 * @param {string} expression
 * @param {(name: string) => boolean} accepts
 */
function holds(expression, accepts) {
  const flat = expression.trim().replace(/^\((.*)\)$/, '$1');
  return flat
    .split(/\s+OR\s+/)
    .some((side) => side.split(/\s+AND\s+/).every((name) => accepts(name.trim())));
}
