import { computePlugin } from './compute-plugin.ts';
import { executionsPlugin } from './executions/executions-plugin.ts';

// Lab takes an extension's plugins from its default export.
export default [computePlugin, executionsPlugin];
