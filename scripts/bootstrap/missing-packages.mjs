// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {import('./debian-packages.mjs').DebianPackage} DebianPackage */

/**
 * Which of the packages this host lacks. Without dpkg only programs can be looked for, so Python
 * modules are taken on trust there.
 *
 * @param {readonly DebianPackage[]} wanted
 * @returns {DebianPackage[]}
 */
export function findMissingPackages(wanted) {
  const query = spawnSync(
    'dpkg-query',
    ['--show', '--showformat', '${binary:Package} ${db:Status-Status}\n', ...wanted.map(nameOf)],
    { encoding: 'utf8' },
  );
  if (query.error) return wanted.filter(({ program }) => program && !isOnPath(program));
  return wanted.filter(({ name }) => !installedNames(query.stdout).has(name));
}

/**
 * @param {string} listing lines of `name[:architecture] status`
 * @returns {Set<string | undefined>}
 */
export function installedNames(listing) {
  return new Set(
    listing
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name?.split(':')[0]),
  );
}

/** @param {string} program */
export function isOnPath(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param {DebianPackage} debianPackage */
function nameOf({ name }) {
  return name;
}
