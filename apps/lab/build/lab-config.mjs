// @ts-check
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rspack } from '@rspack/core';
import svgToDataUri from 'mini-svg-data-uri';

/** @import { Configuration, RuleSetRule } from '@rspack/core' */

const require = createRequire(import.meta.url);

/** Where the gateway serves the bundle. A studio is always at the root of its own origin. */
export const publicPath = '/static/lab/';

/**
 * The application: one entry, hashed names, stylesheets extracted.
 *
 * @param {object} options
 * @param {string} options.applicationFolder
 * @param {string} options.outputFolder
 * @param {Readonly<Record<string, string>>} options.virtualModules source by import name (`#…`)
 * @param {Readonly<Record<string, string>>} options.constants source text by global name
 * @returns {Configuration}
 */
export function labConfig({ applicationFolder, outputFolder, virtualModules, constants }) {
  const generatedFolder = join(applicationFolder, 'src/generated');
  const aliases = Object.keys(virtualModules).map((name) => [name, generatedFile(name)]);
  /** @param {string} name */
  function generatedFile(name) {
    return join(generatedFolder, `${name.slice(1)}.js`);
  }
  return {
    ...sharedConfig(applicationFolder),
    name: 'lab',
    entry: { lab: './src/index.ts' },
    output: {
      path: outputFolder,
      publicPath,
      filename: '[name].[contenthash].js',
      chunkFilename: '[id].[contenthash].js',
      assetModuleFilename: '[name].[contenthash][ext]',
      hashDigestLength: 16,
    },
    optimization: {
      chunkIds: 'deterministic',
      splitChunks: {
        chunks: 'all',
        minSize: 20_000,
        cacheGroups: {
          // Three files for the first page: fetched and compiled side by side, and kept by the
          // browser when only ours changes.
          editor: initialGroup(
            'editor',
            /node_modules\/@(?:codemirror|lezer|jupyter)\/.*\.m?js$/,
            3,
          ),
          jupyterlab: initialGroup('jupyterlab', /node_modules\/@jupyterlab\/.*\.m?js$/, 2),
          libraries: initialGroup('libraries', /node_modules\/.*\.m?js$/, 1),
          styles: { type: 'css/mini-extract', chunks: 'initial', name: 'styles', enforce: true },
        },
      },
    },
    resolve: {
      ...sharedConfig(applicationFolder).resolve,
      alias: Object.fromEntries(aliases),
    },
    plugins: [
      new rspack.experiments.VirtualModulesPlugin(
        Object.fromEntries(
          Object.entries(virtualModules).map(([name, source]) => [generatedFile(name), source]),
        ),
      ),
      new rspack.DefinePlugin({ ...constants }),
      new rspack.ProvidePlugin({ process: require.resolve('process/browser') }),
      new rspack.CssExtractRspackPlugin({ filename: '[name].[contenthash].css' }),
    ],
  };
}

/**
 * One stylesheet of a theme, with what it refers to beside it.
 *
 * @param {object} options
 * @param {string} options.applicationFolder
 * @param {string} options.outputFolder
 * @param {string} options.stylesheet module name
 * @returns {Configuration}
 */
export function themeConfig({ applicationFolder, outputFolder, stylesheet }) {
  return {
    ...sharedConfig(applicationFolder),
    name: stylesheet,
    entry: { index: stylesheet },
    output: { path: outputFolder, publicPath: './', assetModuleFilename: '[name][ext]' },
    plugins: [new rspack.CssExtractRspackPlugin({ filename: '[name].css' })],
  };
}

/**
 * @param {string} applicationFolder
 * @returns {Configuration & { resolve: NonNullable<Configuration['resolve']> }}
 */
function sharedConfig(applicationFolder) {
  return {
    context: applicationFolder,
    mode: 'production',
    target: ['web', 'es2022'],
    devtool: false,
    bail: true,
    performance: false,
    externals: { ws: 'null' },
    node: { __dirname: 'mock' },
    // Native CSS stays off: the rules below extract stylesheets, and Lab marks raw ones by name.
    module: { rules: moduleRules() },
    resolve: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      fallback: {
        url: false,
        buffer: false,
        crypto: false,
        util: false,
        path: require.resolve('path-browserify'),
      },
    },
  };
}

/**
 * @param {string} name
 * @param {RegExp} test
 * @param {number} priority
 */
function initialGroup(name, test, priority) {
  return { name, test, priority, chunks: /** @type {const} */ ('initial'), enforce: true };
}

/** @returns {RuleSetRule[]} */
function moduleRules() {
  const issuedByStylesheet = { issuer: /\.css$/ };
  const issuedByScript = { issuer: { not: /\.css$/ } };
  return [
    {
      test: /\.tsx?$/,
      loader: 'builtin:swc-loader',
      options: {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
      },
      type: 'javascript/auto',
    },
    // Lab's packages import folders and files without their extension.
    { test: /\.m?js$/, resolve: { fullySpecified: false } },
    {
      test: /@jupyter\/web-components\/dist\/esm\/color\/palette\.js$/,
      loader: require.resolve('./memoise-palette-loader.cjs'),
    },
    { test: /\.raw\.css$/, type: 'asset/source' },
    {
      test: /(?<!\.raw)\.css$/,
      use: [rspack.CssExtractRspackPlugin.loader, require.resolve('css-loader')],
      type: 'javascript/auto',
      sideEffects: true,
    },
    { test: /\.(md|txt)$/, type: 'asset/source' },
    // Fonts in SVG, named by Font Awesome's stylesheet for browsers of long ago.
    { test: /webfonts\/.*\.svg$/, type: 'asset/resource' },
    {
      test: /(?<!webfonts\/[^/]*)\.svg$/,
      ...issuedByStylesheet,
      type: 'asset/inline',
      generator: { dataUrl: (/** @type {Buffer} */ content) => svgToDataUri(content.toString()) },
    },
    { test: /\.svg$/, ...issuedByScript, type: 'asset/source' },
    { test: /\.(jpe?g|png|gif|ico|eot|ttf|map|woff2?)$/, type: 'asset/resource' },
  ];
}
