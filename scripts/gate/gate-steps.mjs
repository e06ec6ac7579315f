// @ts-check

/** @typedef {{ name: string, program: string, arguments: readonly string[] }} GateStep */

const typeScriptProjects = [
  'tsconfig.json',
  'tsconfig.scripts.json',
  'apps/console/tsconfig.json',
  'apps/lab/tsconfig.json',
  'apps/viewer/tsconfig.json',
  'packages/lab-compute/tsconfig.json',
  'packages/lab-git/tsconfig.json',
  'packages/lab-s3/tsconfig.json',
  'packages/lab-sharing/tsconfig.json',
  'packages/lab-studio/tsconfig.json',
];

/** Cheapest first. `program` is a Node.js program, relative to the repository. */
export const gateSteps = /** @type {const} @satisfies {readonly GateStep[]} */ ([
  { name: 'format', program: 'node_modules/@biomejs/biome/bin/biome', arguments: ['format', '.'] },
  {
    name: 'lint',
    program: 'node_modules/@biomejs/biome/bin/biome',
    arguments: ['lint', '--error-on-warnings', '.'],
  },
  { name: 'layers', program: 'scripts/check-layers.mjs', arguments: [] },
  { name: 'licences', program: 'scripts/check-licences.mjs', arguments: [] },
  ...typeScriptProjects.map((project) => ({
    name: `types ${project}`,
    program: 'node_modules/typescript/bin/tsc',
    arguments: ['--project', project],
  })),
  { name: 'unused', program: 'node_modules/knip/bin/knip.js', arguments: ['--no-progress'] },
  { name: 'tests', program: 'node_modules/vitest/vitest.mjs', arguments: ['run'] },
]);
