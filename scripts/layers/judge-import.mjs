// @ts-check
import { posix } from 'node:path';

/** What builds an app is part of no bundle, and may say with the others how that is done. */
const buildProgram = /^apps\/[^/]+\/build(?:-hooks)?\.mjs$/;

/**
 * @typedef {object} Layers
 * @property {ReadonlyMap<string, ReadonlySet<string>>} table what each workspace may import
 * @property {ReadonlyMap<string, string>} folderOfPackage `@strongroom/contracts` → `packages/contracts`
 */

/**
 * Says what is wrong with one import, or undefined where nothing is.
 *
 * @param {{ file: string, specifier: string }} found `file` is relative to the repository
 * @param {Layers} layers
 * @returns {string | undefined}
 */
export function judgeImport({ file, specifier }, layers) {
  const from = workspaceOf(file, layers);
  if (from === undefined) return `${file} lies in no workspace of the import table`;

  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (target === from || target.startsWith(`${from}/`)) return undefined;
    if (buildProgram.test(file) && target.startsWith('scripts/bundles/')) return undefined;
    return `${file} reaches out of ${from} by a path ("${specifier}"): import a package by its name`;
  }
  if (!specifier.startsWith('@strongroom/')) return undefined;

  const packageName = specifier.split('/').slice(0, 2).join('/');
  const target = layers.folderOfPackage.get(packageName);
  if (target === undefined) return `${file} imports "${specifier}", which is no workspace`;
  if (target === from || layers.table.get(from)?.has(target)) return undefined;
  return `${file} imports ${target}, which ${from} may not`;
}

/**
 * @param {string} file
 * @param {Layers} layers
 */
function workspaceOf(file, layers) {
  return [...layers.table.keys()].find((folder) => file.startsWith(`${folder}/`));
}
