// @ts-check
/** `npm run test:cluster`: starts a Slurm cluster of two nodes on this machine and runs kernels on it. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');

if (process.getuid?.() !== 0) {
  console.error('The cluster of these tests runs its jobs as root: run this command as root.');
  process.exit(1);
}
await setUp({ assumeYes: process.argv.includes('--yes'), tests: true, cluster: true });
process.env.STRONGROOM_TEST_CLUSTER = 'yes';
process.exitCode = await runInForeground('node_modules/vitest/vitest.mjs', [
  ...['run', '--project', 'cluster'],
]);
