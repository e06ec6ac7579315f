// @ts-check
/** `npm run ok`: the gate. Every step runs, even after one has failed; `-- --no-tests` leaves the tests out. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { runGate } = await import('./gate/run-gate.mjs');
const { gateSteps } = await import('./gate/gate-steps.mjs');

await setUp({ assumeYes: process.argv.includes('--yes'), tests: true });
const withTests = !process.argv.includes('--no-tests');
const passed = await runGate(gateSteps.filter(({ name }) => withTests || name !== 'tests'));
process.exitCode = passed ? 0 : 1;
