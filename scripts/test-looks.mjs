// @ts-check
/** `npm run test:looks`: every journey in each language and theme, with its pictures in test-results. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');

await setUp({ assumeYes: process.argv.includes('--yes'), tests: true });
process.env.STRONGROOM_TEST_LOOKS = 'all';
process.exitCode = await runInForeground('node_modules/vitest/vitest.mjs', [
  'run',
  'tests/journeys',
]);
