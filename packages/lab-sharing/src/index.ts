import { sharingPlugin } from './sharing-plugin.ts';

// Lab takes an extension's plugins from its default export.
export default [sharingPlugin];
