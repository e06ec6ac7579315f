// @ts-check
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** @import { ExtensionPackage } from './extension-packages.mjs' */

/**
 * Writes every package's settings schemas to `<package>/<plugin>.json`, with our defaults put in.
 *
 * @param {object} options
 * @param {readonly ExtensionPackage[]} options.packages
 * @param {string} options.outputFolder
 * @param {Readonly<Record<string, Readonly<Record<string, unknown>>>>} options.settingDefaults
 */
export async function collectSchemas({ packages, outputFolder, settingDefaults }) {
  const unused = new Set(Object.keys(settingDefaults));
  for (const { name, schemaFolder } of packages) {
    if (schemaFolder === null) continue;
    for (const file of (await readdir(schemaFolder)).sort()) {
      if (!file.endsWith('.json')) continue;
      const id = `${name}:${file.slice(0, -'.json'.length)}`;
      const schema = JSON.parse(await readFile(join(schemaFolder, file), 'utf8'));
      unused.delete(id);
      const target = join(outputFolder, name, file);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, JSON.stringify(withDefaults(id, schema, settingDefaults[id] ?? {})));
    }
  }
  if (unused.size > 0) {
    throw new Error(`Cannot set defaults of "${[...unused].join('", "')}": no such schema`);
  }
}

/**
 * @param {string} id
 * @param {{ properties?: Record<string, object> }} schema
 * @param {Readonly<Record<string, unknown>>} defaults
 */
export function withDefaults(id, schema, defaults) {
  const properties = { ...schema.properties };
  for (const [name, value] of Object.entries(defaults)) {
    const property = properties[name];
    if (property === undefined) throw new Error(`Cannot set a default of "${id}": no "${name}"`);
    properties[name] = { ...property, default: value };
  }
  return { ...schema, properties };
}
