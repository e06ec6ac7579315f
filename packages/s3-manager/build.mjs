// Builds the package as it would be published into dist/: JavaScript, types and a package.json.
// Inside the repository nothing needs it: there the sources themselves are imported.
import { execFileSync } from 'node:child_process';
import { copyFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const dist = join(folder, 'dist');

await rm(dist, { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', join(folder, 'tsconfig.build.json')], { stdio: 'inherit' });

const { name, version, license, type, dependencies } = JSON.parse(
  await readFile(join(folder, 'package.json'), 'utf8'),
);
const published = {
  ...{ name, version, license, type },
  description: 'Objects of S3, files and folders, with every write sealed under one key',
  engines: { node: '>=20.19' },
  sideEffects: false,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
  dependencies,
};
await writeFile(join(dist, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
await copyFile(join(folder, 'README.md'), join(dist, 'README.md'));
await cp(join(folder, 'examples'), join(dist, 'examples'), { recursive: true });
