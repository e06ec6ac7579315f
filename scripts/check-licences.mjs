// @ts-check
/**
 * Fails where something that is shipped (a production dependency, however deep) comes under a
 * licence that a bank's lawyers have not been told of. Prints how many packages each licence has;
 * `--list` names those under an uncommon one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from './bootstrap/repository.mjs';
import { licenceExceptions } from './licences/exceptions.mjs';
import { isAllowedLicence, isCommonLicence, licenceOf } from './licences/judge-licence.mjs';

const lock = JSON.parse(readFileSync(join(repositoryFolder, 'package-lock.json'), 'utf8'));
const shipped = Object.keys(lock.packages).filter((path) => {
  const { dev, link, devOptional } = lock.packages[path];
  return path.includes('node_modules/') && !dev && !devOptional && !link;
});

/** @type {Map<string, string[]>} */
const packagesByLicence = new Map();
for (const path of shipped) {
  const manifest = readManifest(path);
  // An optional package for another platform is not here, and so is not shipped from here.
  if (!manifest) continue;
  const exception = licenceExceptions[manifest.name];
  const licence = exception ? `${exception.licence} (by exception)` : licenceOf(manifest);
  packagesByLicence.set(licence, [...(packagesByLicence.get(licence) ?? []), manifest.name]);
}

const rows = [...packagesByLicence].sort(([, left], [, right]) => right.length - left.length);
for (const [licence, names] of rows) {
  const named = process.argv.includes('--list') && !isCommonLicence(licence);
  console.log(
    `${String(names.length).padStart(4)}  ${licence}${named ? `  ${names.join(', ')}` : ''}`,
  );
}
const refused = rows.filter(
  ([licence]) => !isAllowedLicence(licence) && !licence.endsWith('(by exception)'),
);
for (const [licence, names] of refused) {
  console.error(`Not allowed: "${licence}" of ${names.join(', ')}`);
}
if (refused.length > 0) process.exit(1);

/** @param {string} path */
function readManifest(path) {
  try {
    return JSON.parse(readFileSync(join(repositoryFolder, path, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
