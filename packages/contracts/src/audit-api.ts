import { z } from 'zod';
import { timestampSchema } from './console-api.ts';

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

/** `GET /api/profiles/:profileName/accesses`: what others did to this profile and its studio. */
export const accessesSchema = z.object({ events: z.array(auditEventSchema) });
export type Accesses = z.infer<typeof accessesSchema>;
