// @ts-check
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';

const licenceFile = /^(?:licen[cs]e|copying|notice)/i;

/**
 * Writes the licence texts of every package that has a file in the bundle: BSD, MIT and Apache
 * licences ask that they travel with it.
 *
 * @param {object} options
 * @param {readonly string[]} options.bundledFiles absolute
 * @param {string} options.outputFile
 */
export async function writeThirdPartyNotices({ bundledFiles, outputFile }) {
  // Manifests are read to resolve names, of packages too that give nothing to the bundle.
  const contents = bundledFiles.filter((file) => basename(file) !== 'package.json');
  const folders = [...new Set(contents.map(packageFolder))].filter((each) => each !== null);
  const notices = await Promise.all(folders.sort().map(describeLicence));
  await writeFile(outputFile, `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/**
 * The innermost package below a `node_modules` folder that a file belongs to.
 *
 * @param {string} file
 */
function packageFolder(file) {
  const parts = file.split(sep);
  const index = parts.lastIndexOf('node_modules');
  if (index === -1) return null;
  const scoped = parts[index + 1]?.startsWith('@') ?? false;
  const end = index + (scoped ? 3 : 2);
  return parts.length > end ? parts.slice(0, end).join(sep) : null;
}

/** @param {string} folder */
async function describeLicence(folder) {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((name) => licenceFile.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const heading = `${manifest.name} ${manifest.version} (${licenceName(manifest)})`;
  return [heading, ...authorLine(manifest), ...texts.map((text) => `\n${text.trim()}`)].join('\n');
}

/** @param {{ license?: string | { type?: string }, licenses?: { type?: string }[] }} manifest */
function licenceName({ license, licenses }) {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' or ') ?? 'licence not named';
}

/** @param {{ author?: string | { name?: string } }} manifest */
function authorLine({ author }) {
  const name = typeof author === 'string' ? author : author?.name;
  return name === undefined ? [] : [name];
}
