// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const fingerprintFile = 'inputs.sha256';

/**
 * Whether `dist/` was built from what is there now.
 *
 * @param {string} applicationFolder
 */
export function isUpToDate(applicationFolder) {
  const recorded = join(applicationFolder, 'dist', fingerprintFile);
  if (!existsSync(recorded)) return false;
  return readFileSync(recorded, 'utf8') === fingerprint(applicationFolder);
}

/**
 * @param {string} applicationFolder
 * @param {string} outputFolder
 */
export async function writeFingerprint(applicationFolder, outputFolder) {
  await writeFile(join(outputFolder, fingerprintFile), fingerprint(applicationFolder));
}

/**
 * Digest of all that decides the bundle: our sources, and the versions of everyone else's.
 *
 * @param {string} applicationFolder
 */
function fingerprint(applicationFolder) {
  const repositoryFolder = resolve(applicationFolder, '../..');
  const inputs = [
    join(repositoryFolder, 'package-lock.json'),
    join(applicationFolder, 'build.mjs'),
    join(applicationFolder, 'package.json'),
    ...filesBelow(join(applicationFolder, 'build')),
    ...filesBelow(join(applicationFolder, 'src')),
    ...filesBelow(join(repositoryFolder, 'packages/contracts')),
    ...filesBelow(join(repositoryFolder, 'packages/lab-compute')),
    ...filesBelow(join(repositoryFolder, 'packages/lab-git')),
    ...filesBelow(join(repositoryFolder, 'packages/lab-s3')),
    ...filesBelow(join(repositoryFolder, 'packages/lab-sharing')),
    ...filesBelow(join(repositoryFolder, 'packages/lab-studio')),
    ...filesBelow(join(repositoryFolder, 'packages/notebook-diff')),
  ];
  const hash = createHash('sha256');
  for (const file of inputs.filter((each) => !each.endsWith('.test.ts')).sort()) {
    hash
      .update(`${relative(repositoryFolder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
}
