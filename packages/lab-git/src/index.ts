import { gitPlugin } from './git-plugin.ts';

// Lab takes an extension's plugins from its default export.
export default [gitPlugin];
