// Builds the agent into dist/, or the folder named as the argument: its programs (bundles, the entry points
// below), kernels/, gitconfig, gitattributes and gitignore (Git's in a studio) and node_modules/ (the native
// add-ons, only what they need at run time on this platform), so that dist/ is all a sandbox mounts.
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeProgram } from '../../scripts/bundles/node-program.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const dist = resolve(process.argv[2] ?? join(folder, 'dist'));
const require = createRequire(import.meta.url);
const addOns = ['zeromq', 'node-pty'];

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  ...nodeProgram,
  entryPoints: {
    main: join(folder, 'src/main.ts'),
    files: join(folder, 'src/files-main.ts'),
    'check-kernel': join(folder, 'src/check-kernel-main.ts'),
    'javascript-kernel': join(folder, 'src/javascript-kernel-main.ts'),
    'typescript-kernel': join(folder, 'src/typescript-kernel-main.ts'),
    'git-credentials': join(folder, 'src/git-credentials-main.ts'),
    'git-notebook': join(folder, 'src/git-notebook-main.ts'),
  },
  outdir: dist,
  // Splitting keeps what is imported lazily out of the files that every start reads.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  external: [...addOns, 'bufferutil', 'utf-8-validate'],
});
await cp(join(folder, 'src/git-credentials/gitconfig'), join(dist, 'gitconfig'));
for (const name of ['gitattributes', 'gitignore'])
  await cp(join(folder, 'src/git', name), join(dist, name));
// Kernels that run on the host's own programs.
await cp(join(folder, 'kernels'), join(dist, 'kernels'), { recursive: true });
for (const name of addOns) await copyAddOn(name);

/** The add-on's JavaScript and its binaries for this platform, with its own dependencies. */
async function copyAddOn(name) {
  const source = dirname(require.resolve(`${name}/package.json`));
  const target = join(dist, 'node_modules', name);
  await mkdir(target, { recursive: true });
  await cp(join(source, 'package.json'), join(target, 'package.json'));
  await copyLicence(source, target);
  await cp(join(source, 'lib'), join(target, 'lib'), { recursive: true, filter: isRunTimeFile });
  if (name === 'zeromq') await copyZeromqBinaries(source, target);
  if (name === 'node-pty') {
    const binary = join('build', 'Release', 'pty.node');
    await cp(join(source, binary), join(target, binary), { recursive: true });
  }
}

/** zeromq finds its binary by platform through cmake-ts' loader and a manifest. */
async function copyZeromqBinaries(source, target) {
  const binaries = join('build', process.platform, process.arch);
  await cp(join(source, binaries), join(target, binaries), { recursive: true });
  await cp(join(source, 'build', 'manifest.json'), join(target, 'build', 'manifest.json'));
  const loaderPath = createRequire(join(source, 'package.json')).resolve('cmake-ts/build/loader');
  const loaderSource = dirname(dirname(loaderPath));
  const loaderTarget = join(dist, 'node_modules', 'cmake-ts');
  const loader = join('build', 'loader.js');
  await mkdir(loaderTarget, { recursive: true });
  await cp(join(loaderSource, 'package.json'), join(loaderTarget, 'package.json'));
  await copyLicence(loaderSource, loaderTarget);
  await cp(join(loaderSource, loader), join(loaderTarget, loader), { recursive: true });
}

async function copyLicence(source, target) {
  for (const name of await readdir(source)) {
    if (/^licen[cs]e/i.test(name)) await cp(join(source, name), join(target, name));
  }
}

function isRunTimeFile(path) {
  return !/\.(?:map|d\.ts|test\.js)$|\/ts3\.7$|\/testUtils/.test(path);
}
