// @ts-check
/** Builds the frame and the document of outputs into `dist/`, with hashed names and compressed. */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { ansiStyles } from './build/ansi-styles.mjs';
import { compressFolder } from './build/compress.mjs';
import { writeThirdPartyNotices } from './build/third-party-notices.mjs';

/** @import { Metafile, Plugin } from 'esbuild' */

const folder = import.meta.dirname;
const require = createRequire(import.meta.url);
const workFolder = join(folder, 'node_modules/.build');
const mathjaxFolder = dirname(require.resolve('mathjax-full/package.json'));
const mathjaxVersion = require('mathjax-full/package.json').version;
const fonts = `/assets/mathjax-${mathjaxVersion}`;

await rm(workFolder, { recursive: true, force: true });
await mkdir(workFolder, { recursive: true });
const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: { frame: 'src/frame/main.ts', output: 'src/output-document/main.ts', ...styles() },
  outdir: join(workFolder, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  metafile: true,
  legalComments: 'none',
  loader: { '.svg': 'text', '.woff2': 'file' },
  define: {
    MATHJAX_FONTS: JSON.stringify(fonts),
    'process.env.NODE_ENV': '"production"',
    global: 'globalThis',
  },
  plugins: [drawingsInStyles()],
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'silent' },
});
await cp(join(mathjaxFolder, 'es5/output/chtml/fonts/woff-v2'), join(workFolder, fonts), {
  recursive: true,
});
await writePage('index.html', 'src/frame/main.ts', 'src/frame/frame.css');
await writePage('output.html', 'src/output-document/main.ts', 'src/output-document/output.css');
await removeUnnamed();
await writeThirdPartyNotices({
  bundledFiles: Object.keys(metafile.inputs)
    .filter((file) => !file.startsWith('(disabled)'))
    .map((file) => resolve(folder, file.replace(/^[\w-]+:/, '')))
    .concat(join(mathjaxFolder, 'LICENSE')),
  outputFile: join(workFolder, 'third-party-notices.txt'),
});
await compressFolder(join(workFolder, 'assets'));
await rm(join(folder, 'dist'), { recursive: true, force: true });
await rename(workFolder, join(folder, 'dist'));

function styles() {
  return { 'frame-style': 'src/frame/frame.css', 'output-style': 'src/output-document/output.css' };
}

/**
 * A page with its script and stylesheet. Its origin is opaque, so both are fetched as from elsewhere:
 * without credentials, by CORS.
 *
 * @param {string} name
 * @param {string} script
 * @param {string} stylesheet
 */
async function writePage(name, script, stylesheet) {
  const scriptOutput = outputOf(script);
  const preloads = scriptOutput.imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => `<link rel="modulepreload" crossorigin href="${address(path)}">`);
  const tags = [
    `<link rel="stylesheet" crossorigin href="${address(outputOf(stylesheet).path)}">`,
    `<script type="module" crossorigin src="${address(scriptOutput.path)}"></script>`,
    ...preloads,
  ];
  const { cssBundle } = metafile.outputs[scriptOutput.path] ?? {};
  if (cssBundle !== undefined) {
    // Of what the script loads later; it makes the link then.
    tags.push(`<meta name="later-styles" content="${address(cssBundle)}">`);
  }
  const page = await readFile(join(folder, 'src', name), 'utf8');
  await writeFile(join(workFolder, name), page.replace('<!-- assets -->', tags.join('\n    ')));
}

/** Stylesheets of chunks are in their page's already. */
async function removeUnnamed() {
  const named = new Set(Object.values(metafile.outputs).map(({ cssBundle }) => cssBundle));
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    const isNeeded = !path.endsWith('.css') || named.has(path) || entryPoint?.endsWith('.css');
    if (!isNeeded) await rm(join(folder, path));
  }
}

/** @param {string} entryPoint */
function outputOf(entryPoint) {
  const found = Object.entries(metafile.outputs).find(([, each]) => each.entryPoint === entryPoint);
  if (found === undefined) throw new Error(`Cannot find what "${entryPoint}" was built to`);
  return { path: found[0], imports: found[1].imports };
}

/** @param {string} path */
function address(path) {
  return `/assets/${path.split('/').at(-1)}`;
}

/**
 * Drawings that stylesheets name are put into them; those that scripts import are text.
 *
 * @returns {Plugin}
 */
function drawingsInStyles() {
  return {
    name: 'drawings-in-styles',
    setup(context) {
      context.onResolve(
        { filter: /webfonts\/.*\.(?:svg|eot|ttf|woff)(?:[?#].*)?$/ },
        ({ path }) => ({
          // For browsers of long ago.
          path,
          namespace: 'left-out',
        }),
      );
      context.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
        contents: '',
        loader: 'dataurl',
      }));
      context.onResolve({ filter: /\.svg$/ }, ({ path, kind, resolveDir }) =>
        kind === 'url-token'
          ? { path: resolve(resolveDir, path), namespace: 'drawing' }
          : undefined,
      );
      context.onLoad({ filter: /.*/, namespace: 'drawing' }, async ({ path }) => ({
        contents: await readFile(path),
        loader: 'dataurl',
      }));
      context.onLoad({ filter: /src\/frame\/frame\.css$/ }, async ({ path }) => ({
        contents: `${await readFile(path, 'utf8')}\n${ansiStyles()}`,
        loader: 'css',
      }));
    },
  };
}
