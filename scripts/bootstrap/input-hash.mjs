// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ignoredNames = new Set(['node_modules', 'dist', 'data']);

/**
 * One SHA-256 over the names and contents of everything an app is built from: its own folder, the
 * workspaces it imports (theirs included), and the files that concern every app.
 *
 * @param {{ repositoryFolder: string, workspaceFolder: string, sharedFiles: readonly string[] }} options
 */
export function hashInputs({ repositoryFolder, workspaceFolder, sharedFiles }) {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch}\0`);
  for (const path of sharedFiles) addFile(hash, join(repositoryFolder, path), path);
  for (const folder of workspaceClosure(repositoryFolder, workspaceFolder)) {
    for (const path of listFiles(join(repositoryFolder, folder), folder)) {
      addFile(hash, join(repositoryFolder, path), path);
    }
  }
  return hash.digest('hex');
}

/**
 * The workspace itself and every `@strongroom/…` package it depends on, sorted.
 *
 * @param {string} repositoryFolder
 * @param {string} workspaceFolder relative, for example `apps/agent`
 * @returns {string[]}
 */
export function workspaceClosure(repositoryFolder, workspaceFolder) {
  /** @type {Set<string>} */
  const found = new Set();
  const visit = (/** @type {string} */ folder) => {
    if (found.has(folder)) return;
    found.add(folder);
    const manifest = JSON.parse(
      readFileSync(join(repositoryFolder, folder, 'package.json'), 'utf8'),
    );
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (name.startsWith('@strongroom/')) visit(`packages/${name.slice('@strongroom/'.length)}`);
    }
  };
  visit(workspaceFolder);
  return [...found].sort();
}

/**
 * @param {string} folder absolute
 * @param {string} relativeFolder
 * @returns {string[]}
 */
function listFiles(folder, relativeFolder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignoredNames.has(name))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(relativeFolder, entry.name);
      if (entry.isDirectory()) return listFiles(join(folder, entry.name), path);
      return entry.isFile() && !isTest(entry.name) ? [path] : [];
    });
}

/** @param {string} name */
function isTest(name) {
  return /\.test\.(ts|tsx|mjs)$/.test(name);
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} absolutePath
 * @param {string} name
 */
function addFile(hash, absolutePath, name) {
  const content = readFileSync(absolutePath);
  hash.update(`${name}\0${content.length}\0`);
  hash.update(content);
}
