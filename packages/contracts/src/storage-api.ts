import { z } from 'zod';
import { timestampSchema } from './console-api.ts';
import { bucketNameSchema, profileNameSchema } from './ids.ts';

/** A customer-managed key, with nothing of its material. */
export const keySummarySchema = z.object({
  keyId: z.string(),
  arn: z.string(),
  /** `alias/<name>` each. */
  aliases: z.array(z.string()),
  description: z.string(),
  state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']),
  provider: z.string(),
  versionCount: z.int(),
  createdAt: timestampSchema,
  rotatedAt: timestampSchema.nullable(),
  /** When its material is destroyed; null unless it is pending deletion. */
  deletionDate: timestampSchema.nullable(),
});
export type KeySummary = z.infer<typeof keySummarySchema>;

export const keyListSchema = z.object({ keys: z.array(keySummarySchema) });
export type KeyList = z.infer<typeof keyListSchema>;

/** A key is named by its id, an alias or an ARN. */
export const keyCommandSchema = z.strictObject({
  key: z.string().min(1).max(2048),
  command: z.enum(['rotate', 'disable', 'enable', 'schedule-deletion', 'cancel-deletion']),
  /** For `schedule-deletion` (AWS KMS API Reference, "ScheduleKeyDeletion"). */
  waitingDays: z.int().min(7).max(30).optional(),
});
export type KeyCommand = z.infer<typeof keyCommandSchema>;

/** `POST /credentials` on the operator's socket: for tools outside the studios. */
export const outsideCredentialsRequestSchema = z.strictObject({
  profileName: profileNameSchema,
  lifetimeHours: z.number().min(0.25).max(12).default(1),
});

export const outsideCredentialsSchema = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiresAt: timestampSchema,
  endpointUrl: z.string(),
  region: z.string(),
  /** PEM file on this machine. */
  trustBundlePath: z.string(),
});
export type OutsideCredentials = z.infer<typeof outsideCredentialsSchema>;

/** What a reading of everything that is stored found. */
export const scrubReportSchema = z.object({
  checkedObjects: z.int(),
  checkedBytes: z.int(),
  problems: z.array(
    z.object({
      bucket: bucketNameSchema,
      key: z.string(),
      versionId: z.string(),
      /** `damaged`: not what was written. `unverified`: its key cannot be used, so nobody can tell. */
      state: z.enum(['damaged', 'unverified']),
      message: z.string(),
    }),
  ),
});
export type ScrubReport = z.infer<typeof scrubReportSchema>;
