import { scanRuleSchema } from '@strongroom/contracts';
import { z } from 'zod';

const objectIdSchema = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** One ref that a push asks to change; zeros: there is none before, or none after. */
const refUpdateSchema = z.object({
  ref: z.string().min(1).max(1_024),
  old: objectIdSchema,
  new: objectIdSchema,
  /** Of a branch that is there before and after: whether nothing of its history is lost. */
  isFastForward: z.boolean(),
});
export type RefUpdate = z.infer<typeof refUpdateSchema>;

/** Something in a file that should not leave its owner, as the scan found it. */
const pushFindingSchema = z.object({
  level: z.enum(['block', 'warn']),
  rule: scanRuleSchema,
  commit: z.string().max(64),
  path: z.string().max(4_096),
  /** From 0, where the file is a notebook. */
  cell: z.int().nullable(),
  line: z.int().nullable(),
  /** What was found, with all that matters of it hidden. */
  masked: z.string().max(200),
});
export type PushFinding = z.infer<typeof pushFindingSchema>;

/** What the hook before a push found out, in the sandbox, with the new objects not yet taken in. */
export const pushReportSchema = z.object({
  updates: z.array(refUpdateSchema).max(2_000),
  findings: z.array(pushFindingSchema).max(200),
  /** Findings beyond those that are told. */
  furtherFindingCount: z.int(),
  tooLarge: z
    .array(
      z.object({ commit: z.string().max(64), path: z.string().max(4_096), sizeBytes: z.number() }),
    )
    .max(50),
});
export type PushReport = z.infer<typeof pushReportSchema>;

/** What the hook is answered: lines for the person, and whether the push goes on. */
export const pushVerdictSchema = z.object({
  isAccepted: z.boolean(),
  messages: z.array(z.string()),
});
export type PushVerdict = z.infer<typeof pushVerdictSchema>;

/** In the hook's environment. */
export const pushSettingsSchema = z.object({
  maximumFileBytes: z.number(),
  /** As the domain file says them. */
  scanRules: z.record(scanRuleSchema, z.enum(['block', 'warn', 'off'])),
});
export type PushSettings = z.infer<typeof pushSettingsSchema>;

export const pushSettingsVariable = 'STRONGROOM_PUSH_SETTINGS';
export const noObject = '0'.repeat(40);
