// @ts-check
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeProgram } from './node-program.mjs';

/** @import { BuildOptions } from 'esbuild' */

/**
 * Builds a program that a person starts into `dist/main.js`.
 *
 * @param {string} folder of the app
 * @param {Pick<BuildOptions, 'external' | 'splitting'>} options
 */
export async function buildCommand(folder, options) {
  const dist = join(folder, 'dist');
  await rm(dist, { recursive: true, force: true });
  await build({
    ...nodeProgram,
    ...options,
    entryPoints: [join(folder, 'src/main.ts')],
    outdir: dist,
    keepNames: true,
    banner: { js: `#!/usr/bin/env node\n${nodeProgram.banner.js}` },
  });
}
