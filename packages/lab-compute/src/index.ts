import { computePlugin } from './compute-plugin.ts';
import { costPlugin } from './cost/cost-plugin.ts';
import { executionsPlugin } from './executions/executions-plugin.ts';
import { jobsPlugin } from './jobs/jobs-plugin.ts';
import { sessionDialogsPlugin } from './session-dialogs-plugin.ts';

// Lab takes an extension's plugins from its default export.
export default [computePlugin, costPlugin, executionsPlugin, jobsPlugin, sessionDialogsPlugin];
