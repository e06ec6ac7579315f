import { z } from 'zod';
import { timestampSchema } from './console-api.ts';

/** Everything that can happen, by the trail's own words. */
export const auditEventNameSchema = z.enum([
  'access-allowed',
  'access-denied',
  'app-ended-idle',
  'app-ended-lifetime',
  'app-kept-running',
  'app-stopped',
  'authority-rotated',
  'authority-rotation-requested',
  'bucket-used-by-visitor',
  'budget-granted',
  'budget-reached',
  'budget-refused',
  'clock-set-back',
  'controls-inspected',
  'cross-site-request-refused',
  'domain-file-changed',
  'domain-file-read',
  'egress-change-begun',
  'egress-changed',
  'egress-expired',
  'endpoint-call-denied',
  'file-downloaded',
  'home-encrypted',
  'home-restored',
  'home-shredded',
  'home-snapshot-created',
  'home-snapshot-deleted',
  'image-added',
  'image-failed',
  'image-removed',
  'job-cancelled',
  'job-created',
  'job-ended',
  'job-schedule-changed',
  'job-started',
  'kernel-allowed',
  'key-used',
  'log-exported',
  'log-read',
  'object-deleted',
  'object-downloaded',
  'object-uploaded',
  'one-time-password-created',
  'one-time-password-requested',
  'outside-credentials-issued',
  'password-change-failed',
  'password-change-requested',
  'password-changed',
  'personal-token-created',
  'personal-token-ended',
  'policy-changed',
  'policy-read',
  'policy-refused',
  'profile-created',
  'profile-disabled',
  'profile-enabled',
  'profile-removed',
  'repository-changed',
  'repository-created',
  'repository-deleted',
  'repository-pulled',
  'repository-push-refused',
  'repository-pushed',
  'repository-refused',
  'session-ended',
  'share-blocked',
  'share-comment-changed',
  'share-commented',
  'share-copied',
  'share-created',
  'share-extended',
  'share-refused',
  'share-revoked',
  'share-version-added',
  'share-viewed',
  'sign-in-failed',
  'sign-in-succeeded',
  'sign-in-throttled',
  'signed-out',
  'space-changed',
  'space-created',
  'space-deleted',
  'space-started',
  'spaces-stopped',
  'studio-entered',
  'studio-launched',
  'studio-presigned',
  'studio-session-began',
  'trail-damaged',
  'trail-expired',
  'trail-repaired',
]);
export type AuditEventName = z.infer<typeof auditEventNameSchema>;

export const auditEventSchema = z.object({
  sequence: z.number(),
  time: timestampSchema,
  event: z.string(),
  /** Who did it, to whom (`target`), from where, by which rule, and what belongs to the event. */
  fields: z.record(z.string(), z.unknown()),
});
export type AuditEventRecord = z.infer<typeof auditEventSchema>;

/** `GET /api/audit?from=&to=&event=&profileName=&cursor=`; newest first. */
export const auditPageSchema = z.object({
  events: z.array(auditEventSchema),
  /** Given back to read on; null at the end. */
  cursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** `GET /api/audit/counts?from=&to=&event=&profileName=`: of everything that fits, not of a page. */
export const auditCountsSchema = z.object({
  unit: z.enum(['hour', 'day']),
  /** The first first, also where nothing happened. */
  buckets: z.array(
    z.object({
      start: timestampSchema,
      count: z.number(),
      /** How many of them are refusals or failures. */
      refusedCount: z.number(),
    }),
  ),
  /** False where there was too much to count: the first buckets then lack something. */
  isComplete: z.boolean(),
});
export type AuditCounts = z.infer<typeof auditCountsSchema>;

/** `GET /api/logs`: what the logs take on the disk, and will once they are kept as long as asked. */
export const logSizesSchema = z.object({
  retentionDays: z.number(),
  logs: z.array(
    z.object({
      log: z.enum(['audit-trail', 'flow-log']),
      sizeBytes: z.number(),
      dayCount: z.number(),
      bytesPerDay: z.number(),
      /** Of a whole retention, at the size of a day so far. */
      estimatedBytes: z.number(),
    }),
  ),
});
export type LogSizes = z.infer<typeof logSizesSchema>;

/**
 * `GET /api/profiles/:profileName/accesses?cursor=`: what others did to this profile and its studio;
 * newest first.
 */
export const accessesSchema = z.object({
  events: z.array(auditEventSchema),
  /** Given back to read on, also where nothing was found yet; null at the end. */
  cursor: z.string().nullable(),
});
export type Accesses = z.infer<typeof accessesSchema>;
