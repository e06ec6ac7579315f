// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * @typedef {object} ExtensionPackage
 * @property {string} name
 * @property {string} version
 * @property {string} folder
 * @property {string | null} pluginModule module whose default export is a plugin or a list of them
 * @property {string | null} mimeModule the same, for mime renderers
 * @property {string | null} styleModule module that imports the package's stylesheets
 * @property {string | null} schemaFolder absolute
 */

/**
 * The Lab extensions among an application's dependencies: those with a `jupyterlab` field in their
 * package.json (JupyterLab documentation, "Extension developer guide", "package.json metadata").
 *
 * @param {string} applicationFolder
 * @returns {ExtensionPackage[]}
 */
export function readExtensionPackages(applicationFolder) {
  const manifest = readManifest(applicationFolder);
  const require = createRequire(join(applicationFolder, 'package.json'));
  return Object.keys(manifest.dependencies ?? {})
    .sort()
    .map((name) => describePackage(findPackageFolder(require, name)))
    .filter((description) => description !== null);
}

/**
 * @param {NodeJS.Require} require
 * @param {string} name
 */
function findPackageFolder(require, name) {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      readManifest(join(folder, name));
      return join(folder, name);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`Cannot find the package "${name}": run npm ci`);
}

/**
 * @param {string} folder
 * @returns {ExtensionPackage | null}
 */
function describePackage(folder) {
  const manifest = readManifest(folder);
  const field = manifest.jupyterlab;
  if (!field) return null;
  return {
    name: manifest.name,
    version: manifest.version,
    folder,
    pluginModule: moduleName(manifest.name, field.extension),
    mimeModule: moduleName(manifest.name, field.mimeExtension),
    styleModule: manifest.styleModule ? `${manifest.name}/${manifest.styleModule}` : null,
    schemaFolder: field.schemaDir ? join(folder, field.schemaDir) : null,
  };
}

/**
 * `true` names the package's main module, a string a module inside it.
 *
 * @param {string} packageName
 * @param {boolean | string | undefined} entry
 */
function moduleName(packageName, entry) {
  if (!entry) return null;
  return entry === true ? packageName : `${packageName}/${entry}`;
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
