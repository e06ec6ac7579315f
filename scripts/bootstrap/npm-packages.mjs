// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFolder } from './repository.mjs';
import { runStep } from './run-step.mjs';

/** @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */

/**
 * Whether node_modules holds what package-lock.json names. npm writes its own record
 * (node_modules/.package-lock.json) last of all, so an installation that was cut short has none.
 *
 * @param {string} folder
 */
export function npmPackagesAreCurrent(folder = repositoryFolder) {
  const installed = readLock(join(folder, 'node_modules/.package-lock.json'));
  const locked = readLock(join(folder, 'package-lock.json'));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const present = installed[path];
    // An optional package may be for another platform.
    if (!present) return wanted.optional === true || wanted.devOptional === true;
    return present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

export async function installNpmPackages() {
  await runStep({
    title: 'Installing npm packages',
    command: 'npm',
    arguments: ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    environment: nodeHeadersEnvironment(),
  });
}

/**
 * Where Node.js came with its headers, node-gyp compiles against those and downloads nothing.
 *
 * @returns {NodeJS.ProcessEnv}
 */
function nodeHeadersEnvironment() {
  const nodeFolder = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(nodeFolder, 'include/node/node.h'));
  return hasHeaders ? { npm_config_nodedir: nodeFolder } : {};
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
