// @ts-check
import { createInterface } from 'node:readline/promises';
import { findMissingPackages, isOnPath } from './missing-packages.mjs';
import { runStep } from './run-step.mjs';
import { SetUpError } from './set-up-error.mjs';

/** @typedef {import('./debian-packages.mjs').DebianPackage} DebianPackage */

/**
 * Installs the packages that are missing: as root at once, otherwise through sudo after asking.
 *
 * @param {readonly DebianPackage[]} wanted
 * @param {{ assumeYes: boolean }} options
 */
export async function installDebianPackages(wanted, { assumeYes }) {
  const missing = findMissingPackages(wanted);
  if (missing.length === 0) return;

  console.error('Strongroom needs these Debian packages, which are not installed here:');
  const width = Math.max(...missing.map(({ name }) => name.length));
  for (const { name, purpose } of missing) console.error(`  ${name.padEnd(width)}  ${purpose}`);

  const names = missing.map(({ name }) => name);
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...names];
  if (!isOnPath('apt-get')) {
    throw new SetUpError(
      'PackageManagerMissing',
      'This system has no apt-get. Install what the list above names with its own package manager, ' +
        'then run the command again.',
    );
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) await agreeToSudo({ assumeYes, command: command.join(' ') });
  const prefix = isRoot ? [] : ['sudo', ...(process.stdin.isTTY ? [] : ['--non-interactive'])];

  await runAsRoot('Reading the package lists', [...prefix, aptEnvironment, 'apt-get', 'update']);
  await runAsRoot(`Installing ${names.length} Debian packages`, [
    ...prefix,
    aptEnvironment,
    ...command,
  ]);
}

const aptEnvironment = 'DEBIAN_FRONTEND=noninteractive';

/**
 * @param {string} title
 * @param {readonly string[]} words
 */
function runAsRoot(title, words) {
  return runStep({ title, command: 'env', arguments: words });
}

/** @param {{ assumeYes: boolean, command: string }} options */
async function agreeToSudo({ assumeYes, command }) {
  const byHand = `Run this, then the command again:\n  sudo apt-get update && sudo ${command}`;
  if (!isOnPath('sudo'))
    throw new SetUpError('PackagesRefused', `There is no sudo here. ${byHand}`);
  if (assumeYes) return;
  if (!process.stdin.isTTY) {
    throw new SetUpError(
      'PackagesRefused',
      `There is no terminal to ask on. Add --yes (npm start -- --yes) to install them with sudo. ${byHand}`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Install them now with sudo? [Y/n] ');
  terminal.close();
  if (!/^(y|yes)?$/i.test(answer.trim())) throw new SetUpError('PackagesRefused', byHand);
}
