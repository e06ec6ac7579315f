import { z } from 'zod';

/** `GET /status` on the operator's socket in the data folder. */
export const operatorStatusSchema = z.object({
  processId: z.int(),
  consoleUrl: z.string(),
  startedAt: z.string(),
  profileCount: z.int(),
  runningAppCount: z.int(),
});
export type OperatorStatus = z.infer<typeof operatorStatusSchema>;
