// @ts-check
/**
 * Reads the import table of ARCHITECTURE.md and fails on an arrow it does not have. The table is
 * what keeps a policy decision or a key out of the agent's bundle, so it is a security control and
 * not a matter of taste.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from './bootstrap/repository.mjs';
import { findImports } from './layers/find-imports.mjs';
import { readImportTable } from './layers/import-table.mjs';
import { judgeImport } from './layers/judge-import.mjs';

const table = readImportTable(readFileSync(join(repositoryFolder, 'ARCHITECTURE.md'), 'utf8'));
const violations = [...judgeTable(), ...judgeManifests(), ...judgeSources()];
for (const violation of violations) console.error(violation);
if (violations.length > 0) process.exit(1);
console.log(`${table.size} workspaces keep to the import table`);

/** @returns {string[]} rows and workspaces that do not match, and arrows no row may hold */
function judgeTable() {
  const workspaces = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(repositoryFolder, folder)).map((name) => `${folder}/${name}`),
  );
  const missing = workspaces.filter((workspace) => !table.has(workspace));
  const stale = [...table.keys()].filter((row) => !existsSync(join(repositoryFolder, row)));
  const towardsApps = [...table].filter(([, targets]) =>
    [...targets].some((target) => target.startsWith('apps/')),
  );
  return [
    ...missing.map((workspace) => `${workspace} has no row in the import table`),
    ...stale.map((row) => `The import table names ${row}, which does not exist`),
    ...towardsApps.map(([row]) => `The import table lets ${row} import an app: nothing may`),
  ];
}

/** @returns {string[]} dependencies declared in a package.json that its row does not have */
function judgeManifests() {
  return [...table.keys()].flatMap((folder) => {
    const file = `${folder}/package.json`;
    if (!existsSync(join(repositoryFolder, file))) return [];
    const manifest = JSON.parse(readFileSync(join(repositoryFolder, file), 'utf8'));
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    return judgeAll(file, names);
  });
}

/** @returns {string[]} */
function judgeSources() {
  return [...table.keys()].flatMap((folder) =>
    sourceFiles(folder).flatMap((file) =>
      judgeAll(file, findImports(readFileSync(join(repositoryFolder, file), 'utf8'))),
    ),
  );
}

/**
 * @param {string} file
 * @param {readonly string[]} specifiers
 */
function judgeAll(file, specifiers) {
  const layers = { table, folderOfPackage: folderOfPackage() };
  return specifiers.flatMap((specifier) => judgeImport({ file, specifier }, layers) ?? []);
}

/** @returns {Map<string, string>} */
function folderOfPackage() {
  return new Map(
    [...table.keys()].map((folder) => [`@strongroom/${folder.split('/').at(-1)}`, folder]),
  );
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourceFiles(folder) {
  return readdirSync(join(repositoryFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|mjs|cjs|js)$/.test(entry.name) ? [path] : [];
  });
}
