// @ts-check
/** `npm test`: sets up what is missing, then runs every test. Arguments go to Vitest. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');

const options = process.argv.slice(2);
await setUp({ assumeYes: options.includes('--yes'), tests: true });
process.exitCode = await runInForeground('node_modules/vitest/vitest.mjs', [
  'run',
  ...options.filter((option) => option !== '--yes'),
]);
