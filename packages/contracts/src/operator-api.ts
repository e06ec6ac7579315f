import { z } from 'zod';
import { roleSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';

/** `GET /status` on the operator's socket in the data folder. */
export const operatorStatusSchema = z.object({
  processId: z.int(),
  consoleUrl: z.string(),
  startedAt: z.string(),
  profileCount: z.int(),
  runningAppCount: z.int(),
});
/** `GET /people` */
export const operatorPeopleSchema = z.object({
  people: z.array(
    z.object({
      profileName: profileNameSchema,
      displayName: z.string(),
      role: roleSchema,
      team: z.string(),
      disabled: z.boolean(),
    }),
  ),
});

export type OperatorStatus = z.infer<typeof operatorStatusSchema>;
