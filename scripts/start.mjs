// @ts-check
/** `npm start`: sets up what is missing, then becomes the control plane. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { repositoryFolder } = await import('./bootstrap/repository.mjs');

await setUp({ assumeYes: process.argv.includes('--yes') });
// In this very process: signals, terminal and exit code need no passing on.
await import(`${repositoryFolder}/apps/control-plane/dist/main.js`);
