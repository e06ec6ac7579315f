// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills these in
const listingFormat = '${binary:Package} ${db:Status-Status}\n';

/** @typedef {import('./debian-packages.mjs').DebianPackage} DebianPackage */

/**
 * Which of the packages this host lacks. Without dpkg only programs can be looked for, so Python
 * modules are taken on trust there.
 *
 * @param {readonly DebianPackage[]} wanted
 * @returns {DebianPackage[]}
 */
export function findMissingPackages(wanted) {
  const names = wanted.map(({ name }) => name);
  const query = spawnSync('dpkg-query', ['--show', '--showformat', listingFormat, ...names], {
    encoding: 'utf8',
  });
  if (query.error) return wanted.filter(({ program }) => program && !isOnPath(program));
  const installed = installedNames(query.stdout);
  return wanted.filter(({ name }) => !installed.has(name));
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
