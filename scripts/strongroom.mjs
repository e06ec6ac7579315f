// @ts-check
/** `npm run strongroom -- <command>`: sets up what is missing, then runs the command line tool. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');

await setUp({});
process.exitCode = await runInForeground('apps/cli/dist/main.js', process.argv.slice(2));
