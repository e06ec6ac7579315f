// @ts-check
/** @import { ExtensionPackage } from './extension-packages.mjs' */

/**
 * Source of the module `#extensions`: imports every plugin and mime renderer module and lists them
 * with the package they come from.
 *
 * @param {readonly ExtensionPackage[]} packages
 */
export function generateExtensionsModule(packages) {
  const plugins = packages.filter(({ pluginModule }) => pluginModule !== null);
  const mimeRenderers = packages.filter(({ mimeModule }) => mimeModule !== null);
  return [
    ...plugins.map((each, index) => importLine(`plugin${index}`, each.pluginModule)),
    ...mimeRenderers.map((each, index) => importLine(`mime${index}`, each.mimeModule)),
    listLine('extensionModules', 'plugin', plugins),
    listLine('mimeModules', 'mime', mimeRenderers),
    '',
  ].join('\n');
}

/**
 * Source of the module `#styles`, which imports every package's stylesheets.
 *
 * @param {readonly ExtensionPackage[]} packages
 */
export function generateStylesModule(packages) {
  return packages
    .filter(({ styleModule }) => styleModule !== null)
    .map(({ styleModule }) => `import ${JSON.stringify(styleModule)};\n`)
    .join('');
}

/**
 * @param {string} binding
 * @param {string | null} module
 */
function importLine(binding, module) {
  return `import ${binding} from ${JSON.stringify(module)};`;
}

/**
 * @param {string} name
 * @param {string} prefix
 * @param {readonly ExtensionPackage[]} packages
 */
function listLine(name, prefix, packages) {
  const items = packages.map(
    (each, index) => `{ packageName: ${JSON.stringify(each.name)}, exports: ${prefix}${index} },`,
  );
  return `export const ${name} = [\n${items.join('\n')}\n];`;
}
