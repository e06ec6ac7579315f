// Builds the command line tool into dist/main.js. Native code stays in node_modules.
import { buildCommand } from '../../scripts/bundles/build-command.mjs';

await buildCommand(import.meta.dirname, { external: ['@node-rs/argon2'] });
