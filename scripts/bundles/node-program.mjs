// @ts-check
/** @import { BuildOptions } from 'esbuild' */

/**
 * How each program for Node.js is bundled; its `build.mjs` adds where it begins and what stays outside.
 *
 * @satisfies {BuildOptions}
 */
export const nodeProgram = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'linked',
  // CommonJS in a bundle asks for `require`, which no module has. Code in it may import `createRequire` too.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
};
