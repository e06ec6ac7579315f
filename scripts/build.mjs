// @ts-check
/** `npm run build`: sets up what is missing and builds what changed (`-- --force`: everything). */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');

await setUp({
  assumeYes: process.argv.includes('--yes'),
  forceBuild: process.argv.includes('--force'),
});
